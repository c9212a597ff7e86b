namespace LieConv.Benchmarks.Workloads;

/// <summary>Something to compute that both sides can do, on the same parameters and data.</summary>
/// <param name="name">Name on the command line.</param>
internal abstract class Workload(string name) : IDisposable
{
    /// <summary>Name on the command line.</summary>
    public string Name { get; } = name;

    /// <summary>What a step handles: images, molecules; null where a step is a step.</summary>
    public abstract string? Item { get; }

    /// <summary>How many of them.</summary>
    public abstract double Items { get; }

    /// <summary>Operations that a step cannot do without; 0 where they are not counted.</summary>
    public abstract double Operations { get; }

    /// <summary>Memory in bytes without which the reference cannot hold its tables; 0 where it always can.</summary>
    public virtual double ReferenceBytes => 0;

    /// <summary>One step of a side.</summary>
    public abstract void Step(Side side);

    /// <inheritdoc/>
    public abstract void Dispose();
}
