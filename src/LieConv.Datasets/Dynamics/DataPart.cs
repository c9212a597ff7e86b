namespace LieConv.Datasets.Dynamics;

/// <summary>The parts of the data; the numbers enter the seeds and never change.</summary>
internal enum DataPart
{
    /// <summary>To learn from.</summary>
    Train = 1,

    /// <summary>To choose settings by.</summary>
    Validation = 2,

    /// <summary>For the reported error.</summary>
    Test = 3,
}
