namespace LieConv.Training.Preparation;

/// <summary>What a set is for.</summary>
public enum SplitPart
{
    /// <summary>To learn from.</summary>
    Training,

    /// <summary>To choose by, such as the best epoch.</summary>
    Validation,

    /// <summary>For the reported result; nothing is ever chosen by it.</summary>
    Test,
}
