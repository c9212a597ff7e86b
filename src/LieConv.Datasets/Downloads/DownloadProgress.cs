namespace LieConv.Datasets.Downloads;

/// <summary>How far the download of a file has come.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Mirror">Where it comes from.</param>
/// <param name="BytesDone">Bytes on disk, those of earlier attempts included.</param>
/// <param name="BytesTotal">Bytes of the whole file, or null where the server does not say.</param>
public readonly record struct DownloadProgress(string File, Uri Mirror, long BytesDone, long? BytesTotal);
