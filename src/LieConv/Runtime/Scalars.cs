using System.Collections.Concurrent;
using TorchSharp;

namespace LieConv.Runtime;

/// <summary>Numbers as libtorch's scalars, each kept for as long as the process lives.</summary>
/// <remarks>
/// TorchSharp converts a number that meets a tensor into a <see cref="Scalar"/> that nothing holds: a garbage collection
/// on any thread may finalise it while libtorch still reads it (docs/architecture.md, Memory). What is returned here for
/// a value is the same object for ever. It is meant for constants and options; what changes from step to step is held in
/// a local variable to the end of the call instead, as in <c>using Scalar rate = value.ToScalar();</c>.
/// </remarks>
public static class Scalars
{
    // By bits: 0 and -0 are equal, but not the same number.
    private static readonly ConcurrentDictionary<long, Scalar> Doubles = new();
    private static readonly ConcurrentDictionary<long, Scalar> Integers = new();

    /// <summary>A number in double precision; an operation takes it in the tensor's element type.</summary>
    /// <param name="value">Any number, also infinite or not a number.</param>
    public static Scalar Of(double value) => Doubles.GetOrAdd(
        BitConverter.DoubleToInt64Bits(value), static bits => BitConverter.Int64BitsToDouble(bits).ToScalar());

    /// <summary>A whole number, which leaves tensors of whole numbers what they are.</summary>
    /// <param name="value">Any number.</param>
    public static Scalar Of(long value) => Integers.GetOrAdd(value, static number => number.ToScalar());
}
