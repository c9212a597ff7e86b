namespace LieConv.Kernels;

/// <summary>The memory that the passes of <see cref="FusedNorm"/> work on.</summary>
internal readonly unsafe struct NormOperands
{
    /// <summary>Input rows.</summary>
    public required float* X { get; init; }

    /// <summary>Gradient of the output rows; null in a forward pass.</summary>
    public float* Gradient { get; init; }

    /// <summary>By channel, what is subtracted.</summary>
    public required float* Mean { get; init; }

    /// <summary>By channel, what is multiplied by.</summary>
    public required float* Scale { get; init; }

    /// <summary>By channel, what is added.</summary>
    public required float* Bias { get; init; }

    /// <summary>Output rows, or gradient of the input rows.</summary>
    public required float* Result { get; init; }
}
