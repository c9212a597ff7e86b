using System.Collections.Concurrent;
using TorchSharp;

namespace LieConv.Numerics;

/// <summary>Numbers as libtorch's scalars, each one object for as long as the process lives.</summary>
/// <remarks>
/// TorchSharp converts a number that meets a tensor into a <see cref="Scalar"/> that nothing holds: a garbage collection
/// on any thread may finalise it while libtorch still reads it (docs/architecture.md, Memory). What is returned here for
/// a value is held for ever. Of values that never end, such as the steps of an adaptive solver, the first
/// <see cref="MostHeld"/> are held; later ones are held by the methods that are given them, as the build makes TorchSharp's
/// methods do.
/// </remarks>
public static class Scalars
{
    /// <summary>Values of each kind that are held.</summary>
    public const int MostHeld = 1 << 16;

    // By bits: 0 and -0 are equal, but not the same number.
    private static readonly ConcurrentDictionary<long, Scalar> Doubles = new();
    private static readonly ConcurrentDictionary<long, Scalar> Integers = new();

    /// <summary>A number in double precision; an operation takes it in the tensor's element type. All share the scalar: it must
    /// not be disposed of.</summary>
    /// <param name="value">Any number, also infinite or not a number.</param>
    public static Scalar Of(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return Doubles.TryGetValue(bits, out var known) ? known : Held(Doubles, bits, value.ToScalar());
    }

    /// <summary>A whole number, which leaves tensors of whole numbers what they are. All share the scalar: it must not be
    /// disposed of.</summary>
    /// <param name="value">Any number.</param>
    public static Scalar Of(long value) =>
        Integers.TryGetValue(value, out var known) ? known : Held(Integers, value, value.ToScalar());

    private static Scalar Held(ConcurrentDictionary<long, Scalar> table, long key, Scalar scalar) =>
        table.Count < MostHeld ? table.GetOrAdd(key, scalar) : scalar;
}
