using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Tests.Parity;
using LieConv.Tests.Parity.Format;
using LieConv.Training.Checkpoints;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;
using TorchSharp;
using OriginalWeights = LieConv.Training.Checkpoints.OriginalWeights;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Checkpoints;

/// <summary>The original's own state dicts, as recorded, go into our networks and come out again: every key, every
/// number.</summary>
[Collection("Serial")]
public sealed class WeightNamesTests
{
    [Theory]
    [InlineData("D_fc"), InlineData("D_hfc"), InlineData("D_ogn"), InlineData("D_ogn_2layers"), InlineData("D_hogn")]
    [InlineData("D_vogn"), InlineData("D_hlieresnet_T2"), InlineData("D_hlieresnet_SO2"), InlineData("D_flieresnet_T2")]
    [InlineData("D_molec_T3_bn_eval"), InlineData("D_molec_SE3_train"), InlineData("D_molecgn")]
    public void Export_AfterImport_IsTheOriginalsStateDict(string name)
    {
        using var scope = NewDisposeScope();
        var run = new CaseRun(Manifest.Current.Cases.Single(item => item.Name == name), ScalarType.Float64);
        var theirs = run.Names("w.").ToDictionary(key => key[2..], run.Array);
        var (network, names) = Network(run);
        using (network)
        {
            network.to(ScalarType.Float64);
            OriginalWeights.Import(theirs, network.state_dict(), names, name);
            var back = OriginalWeights.Export(network.state_dict(), names);
            Assert.Equal(theirs.Keys.Order(StringComparer.Ordinal), back.Keys.Order(StringComparer.Ordinal));
            foreach (var (key, tensor) in theirs)
            {
                Assert.Equal(tensor.shape, back[key].shape);
                if (!names.IsLeftOut(key)) Assert.True(tensor.eq(back[key]).all().item<bool>(), key);
            }
        }
    }

    [Theory]
    [InlineData("FC", "'file' has no tensor 'net.0.0.weight': it is not the original's FC.")]
    [InlineData("HOGN", "'file' has no tensor 'gnlayers.0.layer.edge_model.edge_mlp.0.weight': it is not the original's HOGN.")]
    [InlineData("HLieResNet", "'file' has no tensor 'net.0.module.weight': it is not the original's HLieResNet.")]
    [Trait("Category", "Faults")]
    public void Import_SomethingElse_NamesTheNetwork(string network, string expected)
    {
        using var scope = NewDisposeScope();
        var config = new DynamicsConfig { Network = network };
        Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => OriginalWeights.Import(
            new Dictionary<string, Tensor> { ["a"] = ones(1) }, new Dictionary<string, Tensor>(),
            DynamicsWeights.Names(config), "file")).Message);
    }

    private static (nn.Module Network, IWeightNames Names) Network(CaseRun run)
    {
        var config = run.Config;
        var (layers, channels) = (config.Whole("num_layers", 1), config.Whole("k"));
        if (run.Has("in.one_hot"))
        {
            var shape = new MolecularNetworkOptions
            {
                Species = MoleculeCase.Species(run), Channels = channels, Layers = layers,
                Block = MolecularNetworkOptions.UsualBlock with { BatchNorm = config.Bool("bn") },
            };
            var graph = config.Text("network") == MolecularGraphNetwork.ShortName;
            var kind = graph ? MolecularGraphNetwork.ShortName : MolecularLieResNet.ShortName;
            return (
                MolecularNetworks.Create(kind, graph ? null : GroupOfCase.Of(config), shape),
                MoleculeWeights.Names(new MoleculeConfig { Network = kind, Model = shape }));
        }
        var known = DynamicsNetworks.Find(config.Text("network"));
        var model = new DynamicsModelOptions
        {
            Channels = channels, Layers = layers,
            Block = LieDynamicsOptions.UsualBlock with { Frames = FrameChoice.Sampled },
        };
        var (n, d, c) = (config.Whole("n"), config.Whole("d"), config.Whole("sys_dim"));
        LieGroup? group = known.HasGroup ? GroupOfCase.Of(config) : null;
        var data = new DynamicsConfig().Data with { Dimensions = d };
        return (
            DynamicsNetworks.Create(known.Name, group, model, n, d, c),
            DynamicsWeights.Names(new DynamicsConfig { Network = known.Name, Model = model, Data = data }));
    }
}
