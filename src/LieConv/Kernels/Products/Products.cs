using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// Matrix products, the large ones in bfloat16 where that is asked for. Parameters and what goes from layer to layer
/// stay float32.
/// </summary>
/// <remarks>
/// libtorch's own operations do all of it: it sums in float32 and rounds the result, so that an element errs by 2⁻⁹ of
/// itself beside what the rounded factors cost, which is as much. A float32 result would need oneDNN calls that
/// TorchSharp does not reach, or kernels for an instruction that .NET 10 does not have. Autograd keeps the rounded
/// factors, half the memory, and differentiates any number of times.
/// </remarks>
internal static class Products
{
    /// <summary>Multiply-adds from which conversions and calls cost less than the product gains
    /// (docs/decisions/003).</summary>
    private const long FewestMultiplyAdds = 1 << 22;

    /// <summary>x Wᵀ + b; the bias is added in full precision.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="weight">Shape (outputs, c).</param>
    /// <param name="bias">Shape (outputs).</param>
    /// <param name="precision">What large products are computed in.</param>
    /// <returns>Shape (..., outputs), of the type of x.</returns>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor bias, ProductPrecision precision)
    {
        var type = FactorType(x, weight.shape[0], precision);
        if (type == x.dtype) return Linear(x, weight, bias);
        using var factor = x.to(type);
        using var weights = weight.to(type);
        using var product = nn.functional.linear(factor, weights);
        using var widened = product.to(x.dtype);
        return widened + bias;
    }

    /// <summary>x Wᵀ + b in the precision of the factors.</summary>
    public static Tensor Linear(Tensor x, Tensor weight, Tensor bias)
    {
        if (FusedLinear.Supports(x, weight)) return FusedLinear.Apply(x, weight, bias);
        return MatrixProduct.Supports(x, weight)
            ? MatrixProduct.Linear(x, weight, bias)
            : nn.functional.linear(x, weight, bias);
    }

    /// <summary>x Wᵀ in the precision of the factors.</summary>
    public static Tensor Linear(Tensor x, Tensor weight) =>
        MatrixProduct.Supports(x, weight)
            ? MatrixProduct.Linear(x, weight)
            : nn.functional.linear(x, weight);

    /// <summary>The type to convert the factors of a product to.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="outputs">Columns of the other factor, of shape (c, outputs).</param>
    /// <param name="precision">What large products are computed in.</param>
    public static ScalarType FactorType(Tensor x, long outputs, ProductPrecision precision) =>
        precision == ProductPrecision.Bfloat16 && x.dtype == ScalarType.Float32
        && x.NumberOfElements * outputs >= FewestMultiplyAdds
            ? ScalarType.BFloat16
            : x.dtype;
}
