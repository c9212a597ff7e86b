using System.Runtime.InteropServices;

namespace LieConv.Cli.Basics;

/// <summary>
/// Turns the first Ctrl-C, SIGTERM or SIGHUP (the terminal was closed) into a request to stop after the current step. The second one ends the process, as
/// it would without this.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="say">Prints a line.</param>
    public Interruption(Action<string> say)
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop),
        ];

        void Stop(PosixSignalContext context)
        {
            if (_source.IsCancellationRequested) return;
            context.Cancel = true;
            say("Stopping after this step; once more to end at once.");
            _source.Cancel();
        }
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }
}
