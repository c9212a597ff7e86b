using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>A factor of a <see cref="MatrixProduct"/>.</summary>
/// <param name="Matrix">As it lies in memory.</param>
/// <param name="IsTurned">Whether its transpose is meant.</param>
/// <param name="IsWeights">Whether it is a layer's weights, whose gradient is left out of that of an input.</param>
internal readonly record struct Factor(Tensor Matrix, bool IsTurned = false, bool IsWeights = false)
{
    /// <summary>Its transpose.</summary>
    public Factor Turned => this with { IsTurned = !IsTurned };

    /// <summary>Rows of the factor.</summary>
    public long Rows => Matrix.shape[IsTurned ? 1 : 0];

    /// <summary>Columns of the factor.</summary>
    public long Columns => Matrix.shape[IsTurned ? 0 : 1];
}
