namespace LieConv.Datasets.Downloads;

/// <summary>Where to download from and how patiently.</summary>
public sealed record DownloadOptions
{
    /// <summary>Folders on the net that hold the files, tried in turn; each ends in '/'.</summary>
    public required IReadOnlyList<Uri> Mirrors { get; init; }

    /// <summary>Further attempts on a mirror after one that failed in a way that may pass.</summary>
    /// <value>3.</value>
    public int Retries { get; init; } = 3;

    /// <summary>Wait before the first retry; doubles each time, with jitter.</summary>
    /// <value>1 second.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest time without an answer or a byte before an attempt is given up.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Checks the options.</summary>
    /// <returns>One sentence for each error; empty if there is none.</returns>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Mirrors.Count == 0) errors.Add("Mirrors must name at least one address.");
        foreach (var mirror in Mirrors)
        {
            if (!mirror.IsAbsoluteUri || (mirror.Scheme != Uri.UriSchemeHttp && mirror.Scheme != Uri.UriSchemeHttps))
                errors.Add($"Mirror '{mirror}' must be a whole http or https address.");
            else if (!mirror.AbsolutePath.EndsWith('/'))
                errors.Add($"Mirror '{mirror}' must end in '/', as it names a folder.");
        }

        if (Retries is < 0 or > 100) errors.Add($"Retries must be from 0 to 100, not {Retries}.");
        if (RetryDelay < TimeSpan.Zero || RetryDelay > TimeSpan.FromHours(1))
            errors.Add($"RetryDelay must be from 0 to 1 hour, not {RetryDelay}.");
        if (StallTimeout <= TimeSpan.Zero || StallTimeout > TimeSpan.FromHours(1))
            errors.Add($"StallTimeout must be above 0 and at most 1 hour, not {StallTimeout}.");
        return errors;
    }
}
