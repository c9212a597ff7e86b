namespace LieConv.Datasets.Downloads;

/// <summary>Cancels a transfer that makes no progress for a time; each step of progress starts the time anew.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public StallWatch(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _limit = limit;
        _caller = caller;
        _timer = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, caller);
    }

    /// <summary>Cancelled by the caller or by a stall.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>True where the time ran out and the caller did not cancel.</summary>
    public bool Stalled => _timer.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Notes that something arrived.</summary>
    public void Progressed() => _timer.CancelAfter(_limit);

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
