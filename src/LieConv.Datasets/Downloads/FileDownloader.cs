using Polly;
using Polly.Retry;

namespace LieConv.Datasets.Downloads;

/// <summary>
/// Downloads files whose content is known: mirrors in turn, each with retries; a broken transfer continues from the
/// '.part' file, also in a later run; the file appears under its name only when it is whole and right.
/// </summary>
public sealed class FileDownloader
{
    private readonly HttpClient _client;
    private readonly DownloadOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;

    /// <summary>Makes a downloader.</summary>
    /// <param name="client">The client to ask with; stays the caller's. Its own timeout should be infinite.</param>
    /// <param name="options">Mirrors and patience.</param>
    /// <param name="time">Clock of waits and stalls; the system's if null.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public FileDownloader(HttpClient client, DownloadOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors));
        (_client, _options, _time) = (client, options, time ?? TimeProvider.System);
        _retry = BuildRetry(options, _time);
    }

    /// <summary>Downloads a file into a folder, unless it is there and right already.</summary>
    /// <returns>True if it was downloaded, false if it was there.</returns>
    /// <exception cref="DownloadException">No mirror had it; says what each did.</exception>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public async Task<bool> DownloadAsync(
        RemoteFile file, string folder, IProgress<DownloadProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, file.Name);
        if (File.Exists(path) && ContentCheck.Fault(path, file) is null) return false;

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The data folder '{folder}' cannot be made; choose another with --data-root.", failure);
        }
        var part = path + ".part";
        var failures = new List<string>();
        foreach (var mirror in _options.Mirrors)
        {
            var attempts = 0;
            var attempt = new MirrorAttempt(_client, mirror, file, part, _options, _time);
            try
            {
                await _retry.ExecuteAsync(async token =>
                {
                    attempts++;
                    await attempt.RunAsync(progress, token).ConfigureAwait(false);
                }, cancel).ConfigureAwait(false);
                File.Move(part, path, overwrite: true);
                return true;
            }
            catch (AttemptFailedException failure)
            {
                var tries = attempts == 1 ? "1 attempt" : $"{attempts} attempts";
                failures.Add($"{mirror} {failure.Message} ({tries})");
            }
        }

        throw new DownloadException($"Could not download {file.Name}: {string.Join("; ", failures)}.");
    }

    private static ResiliencePipeline BuildRetry(DownloadOptions options, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Retries > 0)
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = options.RetryDelay,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<AttemptFailedException>(failure => failure.MayPass),
            });
        return builder.Build();
    }
}
