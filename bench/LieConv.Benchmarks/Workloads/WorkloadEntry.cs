namespace LieConv.Benchmarks.Workloads;

/// <summary>A workload by name, made when it is needed.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Create">Makes it.</param>
internal sealed record WorkloadEntry(string Name, Func<Workload> Create);
