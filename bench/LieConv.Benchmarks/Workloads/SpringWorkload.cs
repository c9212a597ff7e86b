namespace LieConv.Benchmarks.Workloads;

/// <summary>A training step on systems of springs.</summary>
/// <param name="name">Name on the command line, after springs.</param>
/// <param name="label">The network: NAME or NAME:GROUP.</param>
internal sealed class SpringWorkload(string name, string label) : Workload($"springs:{name}")
{
    private readonly SpringTraining _springs = new(label);

    /// <inheritdoc/>
    public override string? Item => null;

    /// <inheritdoc/>
    public override double Items => 1;

    /// <inheritdoc/>
    public override double Operations => _springs.Operations;

    /// <inheritdoc/>
    public override void Step(Side side) => _springs.Train(side);

    /// <inheritdoc/>
    public override void Dispose() => _springs.Dispose();
}
