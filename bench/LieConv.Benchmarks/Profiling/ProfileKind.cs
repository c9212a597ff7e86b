namespace LieConv.Benchmarks.Profiling;

/// <summary>The kinds of operation that a training step consists of, in the order of the table.</summary>
internal enum ProfileKind
{
    /// <summary>Group elements of the points.</summary>
    Lifts,

    /// <summary>Distances of all pairs and farthest points.</summary>
    Subsampling,

    /// <summary>Neighbours of the queries and their relative coordinates.</summary>
    Neighbours,

    /// <summary>Random motions of the data.</summary>
    Augmentation,

    /// <summary>Kernel networks.</summary>
    KernelNetwork,

    /// <summary>Sums over neighbours and the linear layer behind them.</summary>
    Convolution,

    /// <summary>Linear layers of the blocks, embedding and head.</summary>
    LinearLayers,

    /// <summary>Normalisation and activation outside the kernel networks.</summary>
    NormAndActivation,

    /// <summary>Additions to the blocks' inputs.</summary>
    Residual,

    /// <summary>Pooling and loss.</summary>
    Pooling,

    /// <summary>The optimiser.</summary>
    Optimizer,
}
