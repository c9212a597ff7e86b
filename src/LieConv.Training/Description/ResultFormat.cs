namespace LieConv.Training.Description;

/// <summary>How predictions are written to a file; the end of its name says which.</summary>
public enum ResultFormat
{
    /// <summary>.csv: a line for each row, numbers as short as their precision allows.</summary>
    Csv,

    /// <summary>.json: one array with an object for each input.</summary>
    Json,

    /// <summary>.parquet: the columns of the table, numbers as float64.</summary>
    Parquet,
}
