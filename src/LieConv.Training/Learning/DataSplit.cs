namespace LieConv.Training.Learning;

/// <summary>A part of the data that is evaluated.</summary>
public enum DataSplit
{
    /// <summary>Examples to choose by, such as the best epoch.</summary>
    Validation,

    /// <summary>Examples for the reported result; nothing is ever chosen by them.</summary>
    Test,
}
