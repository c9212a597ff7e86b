using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LieConv.Tests.Datasets.Downloads;

/// <summary>
/// A web server on this machine that answers each request by the next step of its script, the last one for ever. Steps
/// write raw bytes, so a server can break every rule.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Step[] _script;
    private readonly Task _loop;

    public ScriptedServer(params Step[] script)
    {
        _script = script;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/data/");
        _loop = ServeAsync();
    }

    /// <summary>Answers one request for the part of the file from <c>start</c> (null: all of it).</summary>
    public delegate Task Step(Stream connection, long? start, CancellationToken stop);

    public Uri Address { get; }

    /// <summary>The first byte asked for by each request, null where none was named.</summary>
    public List<long?> Starts { get; } = [];

    /// <summary>Serves the bytes, the asked part where a range is named.</summary>
    public static Step Serve(byte[] bytes) => async (connection, start, stop) =>
    {
        var from = (int)(start ?? 0);
        var status = start is null ? "200 OK" : $"206 Partial Content\r\nContent-Range: bytes {from}-{bytes.Length - 1}/{bytes.Length}";
        await SendAsync(connection, status, bytes.Length - from, bytes.AsMemory(from), stop);
    };

    /// <summary>Serves all the bytes whatever part is asked for.</summary>
    public static Step IgnoreRange(byte[] bytes) => (connection, _, stop) =>
        SendAsync(connection, "200 OK", bytes.Length, bytes, stop);

    /// <summary>Promises all of the bytes from the start asked for and breaks off after some.</summary>
    public static Step Truncate(byte[] bytes, int after) => (connection, start, stop) => SendAsync(
        connection, "200 OK", bytes.Length - (start ?? 0), bytes.AsMemory((int)(start ?? 0), after), stop);

    /// <summary>Sends some bytes and then nothing, with the connection open.</summary>
    public static Step Stall(byte[] bytes, int after) => async (connection, _, stop) =>
    {
        await SendAsync(connection, "200 OK", bytes.Length, bytes.AsMemory(0, after), stop);
        await Task.Delay(Timeout.Infinite, stop);
    };

    /// <summary>Answers with a status only.</summary>
    public static Step Status(string status) => (connection, _, stop) => SendAsync(connection, status, 0, default, stop);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
        _listener.Dispose();
    }

    private static async Task SendAsync(
        Stream connection, string status, long length, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        await connection.WriteAsync(Encoding.ASCII.GetBytes(head), stop);
        await connection.WriteAsync(body, stop);
        await connection.FlushAsync(stop);
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                connections.Add(AnswerAsync(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }

        await Task.WhenAll(connections);
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var connection = client.GetStream();
                using var reader = new StreamReader(connection, leaveOpen: true);
                long? start = null;
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
                    if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                        start = long.Parse(line[13..].TrimEnd('-'), CultureInfo.InvariantCulture);
                Step step;
                lock (Starts)
                {
                    step = _script[Math.Min(Starts.Count, _script.Length - 1)];
                    Starts.Add(start);
                }

                await step(connection, start, _stop.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
            }
        }
    }
}
