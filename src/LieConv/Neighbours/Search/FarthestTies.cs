using System.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Neighbours.Search;

/// <summary>Which of equally far points is picked: with a seed the one of the highest random rank among those that
/// differ by rounding only, so that neither the order of the points nor a motion of the set changes what is picked how
/// often; without, the first.</summary>
/// <typeparam name="T">Type of the distances.</typeparam>
internal readonly struct FarthestTies<T>(ulong? seed)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Purpose of the numbers.</summary>
    private const long Purpose = -2;

    private static readonly T Rounding = T.CreateChecked(2) * (T.BitIncrement(T.One) - T.One);

    private static readonly T Share = T.CreateChecked(
        Ties.Share(typeof(T) == typeof(double) ? ScalarType.Float64 : ScalarType.Float32));

    private readonly RandomNumbers _numbers = RandomNumbers.Create(seed ?? 0, Purpose, Purpose);

    /// <summary>Whether the first of exact equals is taken.</summary>
    public bool FirstWins => seed is null;

    /// <summary>Distances from here to the largest are equal to it.</summary>
    /// <param name="largest">The largest distance to the picks.</param>
    /// <param name="extent">The largest distance to the first pick: what rounding is measured by where points coincide
    /// with picks; infinite where it is not known yet.</param>
    public T Least(T largest, T extent)
    {
        if (FirstWins || !T.IsFinite(largest)) return largest;
        var least = largest - largest * Share;
        return T.IsFinite(extent) ? least - extent * Rounding : least;
    }

    /// <summary>Whether of two equally far points a goes before b.</summary>
    public bool IsBefore(int a, int b)
    {
        if (FirstWins) return a < b;
        var (rankA, rankB) = (_numbers.At(a), _numbers.At(b));
        return rankA > rankB || (rankA == rankB && a < b);
    }
}
