namespace LieConv.Kernels;

/// <summary>The memory that a backward pass of <see cref="FusedNorm"/> works on.</summary>
internal readonly unsafe struct NormOperands(
    float* x, float* gradient, float* mean, float* scale, float* bias, float* result)
{
    /// <summary>Input rows.</summary>
    public float* X { get; } = x;

    /// <summary>Gradient of the output rows.</summary>
    public float* Gradient { get; } = gradient;

    /// <summary>By channel, what is subtracted.</summary>
    public float* Mean { get; } = mean;

    /// <summary>By channel, what is multiplied by.</summary>
    public float* Scale { get; } = scale;

    /// <summary>By channel, what is added.</summary>
    public float* Bias { get; } = bias;

    /// <summary>Gradient of the input rows.</summary>
    public float* Result { get; } = result;
}
