using System.Runtime.Intrinsics;

namespace LieConv.Kernels;

/// <summary>A pointwise function and its derivative on vectors; a struct, so that loops are compiled for
/// each.</summary>
internal interface IActivationKernel
{
    /// <summary>The function.</summary>
    static abstract Vector512<float> Value(Vector512<float> x);

    /// <summary>Its derivative.</summary>
    static abstract Vector512<float> Slope(Vector512<float> x);
}

/// <summary>x · sigmoid(x).</summary>
internal readonly struct SwishKernel : IActivationKernel
{
    /// <inheritdoc/>
    public static Vector512<float> Value(Vector512<float> x) => x / (Vector512<float>.One + Vector512.Exp(-x));

    /// <inheritdoc/>
    public static Vector512<float> Slope(Vector512<float> x)
    {
        var sigmoid = Vector512<float>.One / (Vector512<float>.One + Vector512.Exp(-x));
        return Vector512.FusedMultiplyAdd(x * sigmoid, Vector512<float>.One - sigmoid, sigmoid);
    }
}

/// <summary>max(x, 0).</summary>
internal readonly struct ReluKernel : IActivationKernel
{
    /// <inheritdoc/>
    public static Vector512<float> Value(Vector512<float> x) => Vector512.Max(x, Vector512<float>.Zero);

    /// <inheritdoc/>
    public static Vector512<float> Slope(Vector512<float> x) =>
        Vector512.ConditionalSelect(
            Vector512.GreaterThan(x, Vector512<float>.Zero), Vector512<float>.One, Vector512<float>.Zero);
}

/// <summary>x itself.</summary>
internal readonly struct IdentityKernel : IActivationKernel
{
    /// <inheritdoc/>
    public static Vector512<float> Value(Vector512<float> x) => x;

    /// <inheritdoc/>
    public static Vector512<float> Slope(Vector512<float> x) => Vector512<float>.One;
}
