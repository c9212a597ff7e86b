using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Group operations on float16 and bfloat16: computed in float32 and rounded once at the end.</summary>
/// <remarks>libtorch lacks many of their parts for half types on the CPU (distances of pairs, eigenvalues, the matrix
/// exponential), and a series whose every term is rounded to three digits would not keep those.</remarks>
internal static class HalfTypes
{
    /// <summary>Whether a type is one of the two.</summary>
    public static bool Contain(ScalarType dtype) => dtype is ScalarType.Float16 or ScalarType.BFloat16;

    /// <summary>The tensor, in float32 if it is half.</summary>
    public static Tensor Wide(Tensor tensor) => Contain(tensor.dtype) ? tensor.to_type(ScalarType.Float32) : tensor;

    /// <summary>The elements, in float32 if they are half.</summary>
    public static LiftedElements Wide(LiftedElements points) => Contain(points.Elements.dtype)
        ? new LiftedElements(Wide(points.Elements), points.Orbits is null ? null : Wide(points.Orbits))
        : points;

    /// <summary>The result in an element type.</summary>
    public static Tensor Narrow(Tensor result, ScalarType dtype) =>
        result.dtype == dtype ? result : result.to_type(dtype);

    /// <summary>The elements in an element type.</summary>
    public static LiftedElements Narrow(LiftedElements points, ScalarType dtype) => points.Elements.dtype == dtype
        ? points
        : new LiftedElements(
            Narrow(points.Elements, dtype), points.Orbits is null ? null : Narrow(points.Orbits, dtype));
}
