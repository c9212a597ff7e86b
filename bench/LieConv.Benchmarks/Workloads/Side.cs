namespace LieConv.Benchmarks.Workloads;

/// <summary>Who computes.</summary>
internal enum Side
{
    /// <summary>This library.</summary>
    Ours,

    /// <summary>The original's sequence of operations in plain tensor operations.</summary>
    Reference,
}
