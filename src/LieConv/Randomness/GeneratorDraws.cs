using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Randomness;

/// <summary>Fresh draws from one generator on the CPU: the same numbers for every dtype and on every device.</summary>
public sealed class GeneratorDraws(Generator generator) : Draws, IHashedRanks, ITieRanks
{
    private ulong[]? _tieSeeds;

    /// <inheritdoc/>
    public override Tensor Angles(long[] shape, ScalarType dtype, Device device)
    {
        Guard.Draw(shape, dtype, device);
        using var scope = NewDisposeScope();
        var part = rand(shape, dtype: ScalarType.Float32, generator: generator).to(dtype, device);
        return scope.MoveToOuter(part.mul_(Scalars.Of(2 * Math.PI)));
    }

    /// <inheritdoc/>
    public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device)
    {
        Guard.Draw(shape, dtype, device);
        using var scope = NewDisposeScope();
        var normal = randn([.. shape, 4], dtype: ScalarType.Float32, generator: generator).to(dtype, device);
        return scope.MoveToOuter(normal / normal.norm(-1, keepdim: true));
    }

    /// <inheritdoc/>
    public override Tensor Ranks(long[] shape, Device device)
    {
        Guard.Draw(shape, ScalarType.Float32, device);
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(HashedRanks.Draw(generator, shape).to(device));
    }

    HashedRankSequence IHashedRanks.NextRanks(int count) => HashedRanks.Sequence(generator, count);

    /// <summary>The bits of the numbers whose first ones made the starts; the others are independent of
    /// those.</summary>
    IReadOnlyList<ulong>? ITieRanks.TieSeeds => _tieSeeds;

    /// <inheritdoc/>
    public override long[] Starts(ReadOnlySpan<long> validCounts)
    {
        using var numbers = rand([validCounts.Length], dtype: ScalarType.Float64, generator: generator);
        var fractions = numbers.data<double>().ToArray();
        _tieSeeds = [.. fractions.Select(BitConverter.DoubleToUInt64Bits)];
        var starts = new long[validCounts.Length];
        for (var i = 0; i < starts.Length; i++) starts[i] = (long)(fractions[i] * validCounts[i]);
        return starts;
    }
}
