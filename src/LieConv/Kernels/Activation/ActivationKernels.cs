using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>A pointwise function and its derivative on vectors; a struct, so that loops are compiled for
/// each.</summary>
internal interface IActivationKernel
{
    /// <summary>The function.</summary>
    static abstract Vector512<float> Value(Vector512<float> x);

    /// <summary>Its derivative.</summary>
    static abstract Vector512<float> Slope(Vector512<float> x);

    /// <summary>Both, for little more than one.</summary>
    static abstract Vector512<float> Value(Vector512<float> x, out Vector512<float> slope);
}

/// <summary>x · sigmoid(x).</summary>
internal readonly struct SwishKernel : IActivationKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> x) => x * VectorSigmoid.Compute(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Slope(Vector512<float> x)
    {
        Value(x, out var slope);
        return slope;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Value(Vector512<float> x, out Vector512<float> slope)
    {
        var sigmoid = VectorSigmoid.Compute(x);
        var value = x * sigmoid;
        slope = Vector512.FusedMultiplyAdd(value, Vector512<float>.One - sigmoid, sigmoid);
        return value;
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

    /// <inheritdoc/>
    public static Vector512<float> Value(Vector512<float> x, out Vector512<float> slope)
    {
        slope = Slope(x);
        return Value(x);
    }
}

/// <summary>x itself.</summary>
internal readonly struct IdentityKernel : IActivationKernel
{
    /// <inheritdoc/>
    public static Vector512<float> Value(Vector512<float> x) => x;

    /// <inheritdoc/>
    public static Vector512<float> Slope(Vector512<float> x) => Vector512<float>.One;

    /// <inheritdoc/>
    public static Vector512<float> Value(Vector512<float> x, out Vector512<float> slope)
    {
        slope = Slope(x);
        return x;
    }
}
