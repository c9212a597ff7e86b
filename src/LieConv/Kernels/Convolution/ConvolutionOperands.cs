namespace LieConv.Kernels;

/// <summary>The memory that a fused convolution reads, all of it contiguous.</summary>
internal readonly unsafe struct ConvolutionOperands
{
    /// <summary>The sizes.</summary>
    public required ConvolutionShape Shape { get; init; }

    /// <summary>Values (g, n, r, c).</summary>
    public required float* Values { get; init; }

    /// <summary>Kernel values (g, m, k, 16).</summary>
    public required float* Kernel { get; init; }

    /// <summary>Neighbours (g, m, k).</summary>
    public required long* Indices { get; init; }

    /// <summary>The weights in panels (<see cref="Panels.Pack"/>), as the pass multiplies by them.</summary>
    public float* PackedWeights { get; init; }

    /// <summary>Bias (outputs).</summary>
    public float* Bias { get; init; }

    /// <summary>Factors of the queries (g, m); null for 1.</summary>
    public float* Scale { get; init; }
}
