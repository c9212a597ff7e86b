using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace LieConv.Datasets.Downloads;

/// <summary>
/// One attempt to complete a partial file from one address: asks for the rest by a Range header, starts over where
/// the server does not grant it, and checks the content at the end.
/// </summary>
internal sealed class MirrorAttempt(
    HttpClient client, Uri mirror, RemoteFile file, string partPath, DownloadOptions options, TimeProvider time)
{
    // The content's own length plus this covers every gzip file, even one that could not compress anything.
    private const long GzipOverhead = 1 << 20;

    /// <summary>Runs the attempt; afterwards the partial file is whole and right.</summary>
    /// <exception cref="AttemptFailedException">It did not come to that.</exception>
    public async Task RunAsync(IProgress<DownloadProgress>? progress, CancellationToken cancel)
    {
        using var watch = new StallWatch(options.StallTimeout, time, cancel);
        try
        {
            var resumed = await TransferAsync(progress, watch).ConfigureAwait(false);
            if (ContentCheck.Fault(partPath, file) is not { } fault) return;
            File.Delete(partPath);
            // A resumed file may consist of two different ones: fetching it whole can help. A whole wrong one stays so.
            throw new AttemptFailedException("sent a wrong file: " + fault, mayPass: resumed);
        }
        catch (OperationCanceledException) when (watch.Stalled)
        {
            throw new AttemptFailedException(FormattableString.Invariant(
                $"sent nothing for {options.StallTimeout.TotalSeconds:0.###} s"), mayPass: true);
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            throw new AttemptFailedException("broke off the transfer", mayPass: true);
        }
        catch (HttpRequestException fault)
        {
            throw new AttemptFailedException("could not be reached: " + fault.Message.TrimEnd('.'), mayPass: true);
        }
    }

    // Other input/output errors are those of the local disk and pass on as they are.
    private static bool IsBroken(Exception fault) =>
        fault is HttpIOException or HttpRequestException { InnerException: HttpIOException }
            or IOException { InnerException: SocketException };

    private async Task<bool> TransferAsync(IProgress<DownloadProgress>? progress, StallWatch watch)
    {
        var have = File.Exists(partPath) ? new FileInfo(partPath).Length : 0;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(mirror, file.Address));
        if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
        using var response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watch.Token).ConfigureAwait(false);
        RequireSuccess(response);
        var resumed = response.StatusCode == HttpStatusCode.PartialContent;
        if (resumed && response.Content.Headers.ContentRange?.From != have)
            throw Restart("sent another part of the file than the one asked for");
        if (!resumed) have = 0;

        var total = response.Content.Headers.ContentLength + have;
        using var source = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
        using var target = new FileStream(partPath, resumed ? FileMode.Append : FileMode.Create, FileAccess.Write);
        var buffer = new byte[1 << 16];
        while (true)
        {
            watch.Progressed();
            var got = await source.ReadAsync(buffer, watch.Token).ConfigureAwait(false);
            if (got == 0) break;
            await target.WriteAsync(buffer.AsMemory(0, got), watch.Token).ConfigureAwait(false);
            have += got;
            progress?.Report(new DownloadProgress(file.Name, mirror, have, total));
            if (have <= file.ContentLength + GzipOverhead) continue;
            target.Close();
            throw Restart("sent more than the whole file");
        }

        target.Flush(flushToDisk: true);
        return resumed;
    }

    private void RequireSuccess(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return;
        var status = $"answered {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd();
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) throw Restart(status);
        throw new AttemptFailedException(status, mayPass: (int)response.StatusCode is 408 or 429 or >= 500);
    }

    private AttemptFailedException Restart(string reason)
    {
        File.Delete(partPath);
        return new AttemptFailedException(reason, mayPass: true);
    }
}
