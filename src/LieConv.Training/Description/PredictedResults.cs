namespace LieConv.Training.Description;

/// <summary>What an <see cref="IPredictor"/> gave.</summary>
public abstract class PredictedResults
{
    /// <summary>Inputs that were predicted.</summary>
    public abstract int Count { get; }

    /// <summary>Inputs that are wrong, or whose prediction is not finite; all have been said.</summary>
    public abstract int Faults { get; }

    /// <summary>The results as a table, which becomes CSV or Parquet.</summary>
    public abstract ResultTable Table();

    /// <summary>The results as one JSON value; it may say more than the table.</summary>
    public abstract string Json();

    /// <summary>What to say when they are written.</summary>
    /// <param name="path">The file.</param>
    public abstract string Written(string path);

    /// <summary>What to say at the end where there are faults; null for nothing more.</summary>
    public abstract string? Remark { get; }
}
