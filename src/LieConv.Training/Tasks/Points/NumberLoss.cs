namespace LieConv.Training.Tasks.Points;

/// <summary>How far a predicted number is from the true one, in standard deviations of the target.</summary>
public enum NumberLoss
{
    /// <summary>The squared difference, whose best answer is the mean.</summary>
    Squared,

    /// <summary>The absolute difference, whose best answer is the median: single wild values count less.</summary>
    Absolute,
}
