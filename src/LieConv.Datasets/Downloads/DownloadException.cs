namespace LieConv.Datasets.Downloads;

/// <summary>A file could be had from no mirror; the message says what each of them did.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>An error without particulars.</summary>
    public DownloadException()
    {
    }

    /// <summary>An error with its sentence.</summary>
    public DownloadException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its sentence and its cause.</summary>
    public DownloadException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
