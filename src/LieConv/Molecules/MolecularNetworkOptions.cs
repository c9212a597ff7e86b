using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;

namespace LieConv.Molecules;

/// <summary>The shape of a <see cref="MolecularLieResNet"/>; the defaults are the original's for QM9.</summary>
public sealed record MolecularNetworkOptions
{
    /// <summary>Blocks of the original's networks on QM9: at most 100 neighbours; all atoms are neighbours where the wanted
    /// fractions are at least 1 and <see cref="BlockOptions.SampleCount"/> is all lifted atoms of the largest molecule, and
    /// else a ball, whose draws make frames exact in distribution only. The presets' networks with frames take
    /// everything.</summary>
    public static BlockOptions UsualBlock { get; } = new() { SampleCount = 100 };

    /// <summary>Nuclear charges of the atoms that the network knows.</summary>
    /// <value>[1, 6, 7, 8, 9]: H C N O F</value>
    public IReadOnlyList<int> Species { get; init; } = [1, 6, 7, 8, 9];

    /// <summary>Nuclear charge that is 1 in the input.</summary>
    /// <value>9</value>
    public double ChargeScale { get; init; } = 9;

    /// <summary>Length that is 1 in the input, in Angstrom. Forces need a short one: they turn within a tenth of an
    /// Angstrom, where a network as it is initialised is flat.</summary>
    /// <value>1</value>
    public double LengthUnit { get; init; } = 1;

    /// <summary>The point, in Angstrom, that positions are taken relative to before all else: x, y, z; null for the
    /// origin. The original's recentring takes the mean position of all training atoms.</summary>
    /// <value>null</value>
    public IReadOnlyList<double>? Origin { get; init; }

    /// <summary>Numbers that the network returns for a molecule.</summary>
    /// <value>1</value>
    public int Outputs { get; init; } = 1;

    /// <summary>Channels between the blocks, at least 4.</summary>
    /// <value>1536</value>
    public int Channels { get; init; } = 1536;

    /// <summary>Channels before each block and after the last, Layers + 1 numbers that do not fall, instead of
    /// <see cref="Channels"/>; null for these everywhere.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? BlockChannels { get; init; }

    /// <summary>Residual blocks.</summary>
    /// <value>6</value>
    public int Layers { get; init; } = 6;

    /// <summary>Wanted average fraction of the molecule within the ball; 1 and more is all of it.</summary>
    /// <value>1</value>
    public double Fill { get; init; } = 1;

    /// <summary>Wanted fraction of each block, Layers numbers, instead of <see cref="Fill"/>; null for that
    /// everywhere.</summary>
    /// <value>null</value>
    public IReadOnlyList<double>? BlockFills { get; init; }

    /// <summary>Atoms of the largest molecule that is expected; it decides only whether <see cref="BlockOptions.SampleCount"/> is
    /// all of any molecule.</summary>
    /// <value>29, that of QM9</value>
    public int LargestMolecule { get; init; } = 29;

    /// <summary>What all blocks have in common: neighbours, lift, normalisation, nonlinearity, products.</summary>
    /// <value><see cref="UsualBlock"/></value>
    public BlockOptions Block { get; init; } = UsualBlock;

    /// <summary>Whether the prediction is the sum over the lifted atoms, as for what grows with the molecule, instead
    /// of their mean.</summary>
    /// <value>false</value>
    public bool SumPooling { get; init; }

    /// <summary>Outputs, by number from 0, that are sums over the lifted atoms, while all others are means: one network for
    /// what grows with the molecule and what does not. Null for what <see cref="SumPooling"/> says of all.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? SummedOutputs { get; init; }

    /// <summary>What outputs that are sums are divided by: the usual number of lifted atoms makes them of the size of
    /// means.</summary>
    /// <value>1</value>
    public double SumDivisor { get; init; } = 1;

    /// <summary>Outputs, by number from 0, that are the length of a dipole moment |Σ_i (q_i - q̄) r_i|, with the numbers q of
    /// the atoms as charges, whose mean q̄ is taken away so that they sum to 0, and positions r in Angstrom; null for
    /// none.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? DipoleOutputs { get; init; }

    /// <summary>Whether positions are taken relative to the mean position of the molecule's atoms, which groups without
    /// translations need.</summary>
    /// <value>false</value>
    public bool Recentre { get; init; }

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = AtomFeatures.Validate(Species, ChargeScale);
        if (Channels < ResidualBlock.Narrowing)
            errors.Add($"Channels is {Channels}; expected at least {ResidualBlock.Narrowing}.");
        if (!(Fill > 0)) errors.Add($"Fill is {Fill:R}; expected a number above 0.");
        errors.AddRange(AtomFeatures.ValidatePlace(Origin, LengthUnit));
        if (BlockLists.Error(nameof(BlockChannels), BlockChannels, Layers + 1, "Layers + 1") is { } widths)
            errors.Add(widths);
        if (BlockLists.Error(nameof(BlockFills), BlockFills, Layers, "Layers") is { } fills) errors.Add(fills);
        if (LargestMolecule < 1) errors.Add($"LargestMolecule is {LargestMolecule}; expected at least 1.");
        errors.AddRange(BlockOptions.Validate(Block));
        if (DipoleOutputs?.Any(i => i < 0 || i >= Outputs) == true)
            errors.Add($"DipoleOutputs is [{string.Join(", ", DipoleOutputs)}]; expected numbers from 0 to {Outputs - 1}.");
        if (DipoleOutputs?.Any(i => SumPooling || SummedOutputs?.Contains(i) == true) == true)
            errors.Add("DipoleOutputs names an output that is a sum, too; expected one of them.");
        if (errors.Count == 0) errors.AddRange((this with { DipoleOutputs = null }).ToLieResNet().Validate());
        return errors;
    }

    /// <summary>The network on the atoms as points.</summary>
    public LieResNetOptions ToLieResNet() => new()
    {
        Inputs = AtomFeatures.PerSpecies * Species.Count, Outputs = Outputs, Layers = Layers,
        Channels = BlockChannels ?? [Channels], FillFractions = BlockFills ?? [Fill], SumPooling = SumPooling,
        SummedOutputs = PoolsAtoms ? null : SummedOutputs, SumDivisor = SumDivisor, Pool = !PoolsAtoms,
        Block = Block with
        {
            Neighborhood = Block.Neighborhood ?? Chosen, LiftSamples = Lifts, RadialCutoff = Block.RadialCutoff / LengthUnit,
        },
    };

    /// <summary>Whether numbers of atoms become those of the molecule outside the network on points.</summary>
    internal bool PoolsAtoms => DipoleOutputs is { Count: > 0 };

    /// <summary>A frame lifts an atom once.</summary>
    internal int Lifts => Block.Frames == FrameChoice.Sampled ? Block.LiftSamples : 1;

    private NeighborhoodKind Chosen => IsFull && Block.SampleCount >= (long)LargestMolecule * Lifts
        ? NeighborhoodKind.Everything
        : NeighborhoodKind.Ball;

    private bool IsFull => BlockFills?.All(fill => fill >= 1) ?? Fill >= 1;
}
