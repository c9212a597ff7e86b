namespace LieConv.Benchmarks.Profiling;

/// <summary>Seconds of a training step by kind of operation.</summary>
internal sealed class ProfileTimes
{
    private readonly Dictionary<ProfileKind, (double Forward, double Backward)> _times = [];

    /// <summary>Adds what something takes that happens a number of times in a step.</summary>
    public void Add(ProfileKind kind, double count, (double Forward, double Backward) seconds)
    {
        var (forward, backward) = Of(kind);
        _times[kind] = (forward + count * seconds.Forward, backward + count * seconds.Backward);
    }

    /// <summary>Seconds of a kind.</summary>
    public (double Forward, double Backward) Of(ProfileKind kind) => _times.GetValueOrDefault(kind);

    /// <summary>Seconds of several kinds together.</summary>
    public (double Forward, double Backward) Sum(IEnumerable<ProfileKind> kinds) => kinds.Select(Of).Aggregate(
        (Forward: 0.0, Backward: 0.0), (sum, time) => (sum.Forward + time.Forward, sum.Backward + time.Backward));
}
