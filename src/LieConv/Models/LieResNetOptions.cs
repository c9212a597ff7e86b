using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Neighbours;

namespace LieConv.Models;

/// <summary>The shape of a <see cref="LieResNet"/>.</summary>
public sealed record LieResNetOptions
{
    /// <summary>Channels of the input values.</summary>
    /// <value>1</value>
    public int Inputs { get; init; } = 1;

    /// <summary>Numbers that the network returns for an item.</summary>
    /// <value>1</value>
    public int Outputs { get; init; } = 1;

    /// <summary>Residual blocks.</summary>
    /// <value>6</value>
    public int Layers { get; init; } = 6;

    /// <summary>Channels between the blocks: one number for all, or Layers + 1 numbers that do not fall;
    /// at least 4.</summary>
    /// <value>[384]</value>
    public IReadOnlyList<int> Channels { get; init; } = [384];

    /// <summary>Wanted fraction within the ball: one number for all blocks, or one for each.</summary>
    /// <value>[1/4]</value>
    public IReadOnlyList<double> FillFractions { get; init; } = [0.25];

    /// <summary>Fraction of the points that each block keeps.</summary>
    /// <value>1</value>
    public double DownsampleFraction { get; init; } = 1;

    /// <summary>What all blocks have in common: neighbours, lift, normalisation, nonlinearity, products.</summary>
    /// <value>As <see cref="BlockOptions"/>: balls.</value>
    public BlockOptions Block { get; init; } = new();

    /// <summary>Whether the pooled vector is the sum over the set even where sums over neighbours are means.</summary>
    /// <value>false</value>
    public bool SumPooling { get; init; }

    /// <summary>Outputs, by number from 0, that are sums over the set, while all others are means: one network for what
    /// grows with a set and what does not. Null for what <see cref="SumPooling"/> and <see cref="BlockOptions.Mean"/> say
    /// of all.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? SummedOutputs { get; init; }

    /// <summary>What outputs that are sums over the set are divided by: the usual number of points makes them of the size
    /// of means, for which weights are initialised and learning rates are usual.</summary>
    /// <value>1</value>
    public double SumDivisor { get; init; } = 1;

    /// <summary>Whether the values are pooled to one vector an item.</summary>
    /// <value>true</value>
    public bool Pool { get; init; } = true;

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Inputs < 1) errors.Add($"Inputs is {Inputs}; expected at least 1.");
        if (Outputs < 1) errors.Add($"Outputs is {Outputs}; expected at least 1.");
        if (Layers < 0) errors.Add($"Layers is {Layers}; expected at least 0.");
        errors.AddRange(BlockOptions.Validate(Block));
        if (Channels.Count != 1 && Channels.Count != Layers + 1)
            errors.Add($"Channels has {Channels.Count} numbers; expected 1 or Layers + 1 = {Layers + 1}.");
        if (FillFractions.Count != 1 && FillFractions.Count != Layers)
            errors.Add($"FillFractions has {FillFractions.Count} numbers; expected 1 or Layers = {Layers}.");
        if (Channels.Any(count => count < ResidualBlock.Narrowing) ||
            Channels.Zip(Channels.Skip(1)).Any(pair => pair.Second < pair.First))
            errors.Add(
                $"Channels is [{string.Join(", ", Channels)}]; " +
                $"expected numbers from {ResidualBlock.Narrowing} up, none below the one before it.");
        if (Block is { Frames: not FrameChoice.Sampled } && !Pool && DownsampleFraction != 1)
            errors.Add(
                $"Pool is false and DownsampleFraction {DownsampleFraction:R}; expected 1 with frames, since views " +
                "of one set may keep different points.");
        errors.AddRange(PoolingErrors());
        if (errors.Count > 0) return errors;
        return [.. Enumerable.Range(0, Layers).SelectMany(i => Convolution(i).Validate()).Distinct()];
    }

    private IEnumerable<string> PoolingErrors()
    {
        if (!(SumDivisor > 0 && double.IsFinite(SumDivisor)))
            yield return $"SumDivisor is {SumDivisor:R}; expected a number above 0.";
        if (SummedOutputs is null) yield break;
        if (!Pool) yield return "SummedOutputs is given, but Pool is false; expected null where nothing is summed.";
        if (SumPooling) yield return "SummedOutputs is given, but SumPooling is true, which sums all; expected one of them.";
        if (SummedOutputs.Distinct().Count() != SummedOutputs.Count || SummedOutputs.Any(i => i < 0 || i >= Outputs))
            yield return $"SummedOutputs is [{string.Join(", ", SummedOutputs)}]; expected different numbers from 0 to " +
                $"{Outputs - 1}.";
    }

    /// <summary>Channels before block i, or after the last for i = Layers.</summary>
    public int ChannelsAt(int i) => Channels[Channels.Count == 1 ? 0 : i];

    /// <summary>The options of the convolution in block i.</summary>
    /// <remarks>The original transposes its table of pairs whenever it subsamples it, so that every other block reads
    /// its pairs from the other end. It makes no difference to what a network can learn, but its weights need
    /// it.</remarks>
    public LieConvOptions Convolution(int i) => new()
    {
        ReversedPairs = Block.Kind == BlockKind.Convolution && DownsampleFraction != 1 && i % 2 == 1,
        Block = Block with { Neighborhood = Block.Neighborhood ?? NeighborhoodKind.Ball },
        FillFraction = FillFractions[FillFractions.Count == 1 ? 0 : i], DownsampleFraction = DownsampleFraction,
    };
}
