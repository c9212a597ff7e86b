using LieConv.Layers;
using LieConv.Lifting;

namespace LieConv.Models;

/// <summary>The shape of a <see cref="PointNetwork"/>.</summary>
public sealed record PointNetworkOptions
{
    /// <summary>Channels of the points' values; at least 1.</summary>
    /// <value>1</value>
    public int Inputs { get; init; } = 1;

    /// <summary>Numbers that the network returns for a set, from 0.</summary>
    /// <value>1</value>
    public int SetOutputs { get; init; } = 1;

    /// <summary>Numbers that the network returns for each point of a set, from 0; then no point may be left out.</summary>
    /// <value>0</value>
    public int PointOutputs { get; init; }

    /// <summary>Residual blocks.</summary>
    /// <value>4</value>
    public int Layers { get; init; } = 4;

    /// <summary>Channels before the first block, at least 4.</summary>
    /// <value>64</value>
    public int Channels { get; init; } = 64;

    /// <summary>Channels before each block and after the last, Layers + 1 numbers that do not fall, instead of
    /// <see cref="Channels"/> and their growth; null for these.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? BlockChannels { get; init; }

    /// <summary>Whether channels grow as points become fewer: by 1/sqrt of the fraction kept.</summary>
    /// <value>true</value>
    public bool GrowChannels { get; init; } = true;

    /// <summary>Fraction of the points that remains after all blocks, in (0, 1].</summary>
    /// <value>1</value>
    public double TotalDownsampling { get; init; } = 1;

    /// <summary>Wanted fraction within the ball of the first block; it grows as points become fewer, up to 1. Without
    /// effect where neighbours are not a ball.</summary>
    /// <value>1/4</value>
    public double FillFraction { get; init; } = 0.25;

    /// <summary>Whether a set's answer is the sum over its points, as for what grows with the set, instead of their
    /// mean.</summary>
    /// <value>false</value>
    public bool SumPooling { get; init; }

    /// <summary>Whether positions are taken relative to the mean of the set's points, which makes networks of every group
    /// blind to translations.</summary>
    /// <value>false</value>
    public bool Centred { get; init; }

    /// <summary>What all blocks have in common: neighbours, lift, normalisation, nonlinearity, products.</summary>
    /// <value>As <see cref="BlockOptions"/>: balls.</value>
    public BlockOptions Block { get; init; } = new();

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (SetOutputs < 0) errors.Add($"SetOutputs is {SetOutputs}; expected at least 0.");
        if (PointOutputs < 0) errors.Add($"PointOutputs is {PointOutputs}; expected at least 0.");
        if (SetOutputs == 0 && PointOutputs == 0) errors.Add("SetOutputs and PointOutputs are 0; expected one above 0.");
        if (Layers < 1) errors.Add($"Layers is {Layers}; expected at least 1.");
        if (Channels < ResidualBlock.Narrowing)
            errors.Add($"Channels is {Channels}; expected at least {ResidualBlock.Narrowing}.");
        if (!(TotalDownsampling is > 0 and <= 1))
            errors.Add($"TotalDownsampling is {TotalDownsampling:R}; expected a number above 0 and at most 1.");
        if (!(FillFraction is > 0 and <= 1))
            errors.Add($"FillFraction is {FillFraction:R}; expected a number above 0 and at most 1.");
        if (PointOutputs > 0 && TotalDownsampling != 1)
            errors.Add($"TotalDownsampling is {TotalDownsampling:R}, but each point has an answer; expected 1.");
        if (PointOutputs > 0 && Block is { LiftSamples: > 1, Frames: FrameChoice.Sampled })
            errors.Add($"LiftSamples is {Block.LiftSamples}, but each point has one answer; expected 1.");
        if (BlockLists.Error(nameof(BlockChannels), BlockChannels, Layers + 1, "Layers + 1") is { } list)
            errors.Add(list);
        if (errors.Count == 0) errors.AddRange(ToLieResNet().Validate());
        return errors;
    }

    /// <summary>The network on the points: channels and fill grow as points become fewer.</summary>
    public LieResNetOptions ToLieResNet()
    {
        var kept = TotalDownsampling == 1 ? 1 : Math.Pow(TotalDownsampling, 1.0 / Layers);
        return new LieResNetOptions
        {
            Inputs = Inputs, Outputs = SetOutputs + PointOutputs, Layers = Layers, DownsampleFraction = kept,
            Channels = BlockChannels ?? [.. Enumerable.Range(0, Layers + 1).Select(i =>
                GrowChannels ? (int)(Channels / Math.Pow(kept, i / 2.0)) : Channels)],
            FillFractions = [.. Enumerable.Range(0, Layers).Select(i => FillFraction / Math.Pow(kept, i))],
            Pool = PointOutputs == 0, SumPooling = SumPooling, Block = Block,
        };
    }
}
