using System.Runtime.CompilerServices;
using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>A pointwise function and its derivative on vectors; a struct, so that loops are compiled for
/// each.</summary>
internal interface IActivationKernel
{
    /// <summary>The function.</summary>
    static abstract TVector Value<TVector>(TVector x)
        where TVector : struct, IFloats<TVector>;

    /// <summary>Its derivative.</summary>
    static abstract TVector Slope<TVector>(TVector x)
        where TVector : struct, IFloats<TVector>;

    /// <summary>Both, for little more than one.</summary>
    static abstract TVector Value<TVector>(TVector x, out TVector slope)
        where TVector : struct, IFloats<TVector>;
}

/// <summary>x · sigmoid(x).</summary>
internal readonly struct SwishKernel : IActivationKernel
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector>(TVector x)
        where TVector : struct, IFloats<TVector> => x * VectorSigmoid.Compute(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TVector>(TVector x)
        where TVector : struct, IFloats<TVector>
    {
        Value(x, out var slope);
        return slope;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TVector>(TVector x, out TVector slope)
        where TVector : struct, IFloats<TVector>
    {
        var sigmoid = VectorSigmoid.Compute(x);
        var value = x * sigmoid;
        slope = TVector.FusedMultiplyAdd(value, TVector.Create(1) - sigmoid, sigmoid);
        return value;
    }
}

/// <summary>max(x, 0).</summary>
internal readonly struct ReluKernel : IActivationKernel
{
    /// <inheritdoc/>
    public static TVector Value<TVector>(TVector x)
        where TVector : struct, IFloats<TVector> => TVector.AtLeast(x, default);

    /// <inheritdoc/>
    public static TVector Slope<TVector>(TVector x)
        where TVector : struct, IFloats<TVector> =>
        TVector.WhereGreater(x, default, TVector.Create(1), default);

    /// <inheritdoc/>
    public static TVector Value<TVector>(TVector x, out TVector slope)
        where TVector : struct, IFloats<TVector>
    {
        slope = Slope(x);
        return Value(x);
    }
}

/// <summary>x itself.</summary>
internal readonly struct IdentityKernel : IActivationKernel
{
    /// <inheritdoc/>
    public static TVector Value<TVector>(TVector x)
        where TVector : struct, IFloats<TVector> => x;

    /// <inheritdoc/>
    public static TVector Slope<TVector>(TVector x)
        where TVector : struct, IFloats<TVector> => TVector.Create(1);

    /// <inheritdoc/>
    public static TVector Value<TVector>(TVector x, out TVector slope)
        where TVector : struct, IFloats<TVector>
    {
        slope = Slope(x);
        return x;
    }
}
