namespace LieConv.Training.Preparation;

/// <summary>What the classes weigh in the loss.</summary>
public enum ClassWeighting
{
    /// <summary>Every example the same.</summary>
    None,

    /// <summary>Every class the same, so that rare ones are not passed over.</summary>
    Balanced,
}
