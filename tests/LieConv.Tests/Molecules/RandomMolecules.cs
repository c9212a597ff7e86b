using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Molecules;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Small molecules and networks for tests, the same each time.</summary>
internal static class RandomMolecules
{
    public static readonly MolecularNetworkOptions Small = new()
    {
        Channels = 8, Layers = 2, Block = MolecularNetworkOptions.UsualBlock with { BatchNorm = false },
    };

    /// <summary>Molecules of these sizes; padding holds NaN.</summary>
    public static MoleculeBatch Of(ScalarType dtype, params int[] sizes)
    {
        random.manual_seed(11);
        var (b, n) = (sizes.Length, sizes.Max());
        var positions = randn([b, n, 3], dtype: ScalarType.Float64).to(dtype);
        var charges = tensor([1L, 6, 7, 8, 9])[randint(0, 5, [b, n], dtype: ScalarType.Int64)];
        for (var i = 0; i < b; i++)
        {
            if (sizes[i] == n) continue;
            charges[i, sizes[i]..].zero_();
            positions[i, sizes[i]..].fill_(double.NaN);
        }
        return new MoleculeBatch(positions, charges);
    }

    /// <summary>A network by its label: MolecGN, or a group and where its frames come from.</summary>
    public static MolecularNetwork Network(
        string label, MolecularNetworkOptions? options = null, ScalarType dtype = ScalarType.Float64)
    {
        random.manual_seed(5);
        options ??= Small;
        var parts = label.Split(' ');
        MolecularNetwork network = parts[0] == MolecularGraphNetwork.ShortName
            ? MolecularNetworks.Create(parts[0], null, options)
            : new MolecularLieResNet(LieGroups.Parse(parts[0]), options with
            {
                Block = options.Block with
                {
                    Frames = parts.Length > 1 ? Enum.Parse<FrameChoice>(parts[1]) : FrameChoice.Sampled,
                },
            });
        network.to(dtype);
        network.eval();
        return network;
    }

    /// <summary>One rotation for all molecules, as a matrix.</summary>
    public static Tensor Rotation()
    {
        var vector = tensor([0.7, -1.1, 0.4], [1, 3], dtype: ScalarType.Float64);
        var group = LieGroups.Parse("SO3");
        return group.ToMatrix(group.Exp(vector))[0];
    }

    public static double Difference(Tensor a, Tensor b) =>
        (a - b).abs().max().to_type(ScalarType.Float64).item<double>();
}
