using System.Globalization;
using System.Text.RegularExpressions;
using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Molecules;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>MolecLieResNet: features, augmentation, prediction, loss, statistics, radii and gradients.</summary>
public sealed partial class MolecularResNetFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "D_molec_");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var group = OriginalScalings.ChoosingAsRecorded(GroupOfCase.Of(run.Config));
        using var network = Network(run, group);
        var weights = OriginalWeights.Network(network.Options.Layers);
        var draws = new ReplayDraws(run);
        var batch = MoleculeCase.Augmented(run, draws);
        var points = network.ToPoints(batch);
        if (run.Has("out.features")) run.Check("out.features", points.Values);
        if (run.Has("out.mask")) run.Check("out.mask", points.Mask!);

        var y = network.call(batch, draws).squeeze(-1);
        run.Check("out.y", y);
        foreach (var name in run.Names("out.mae_loss").ToArray()) run.Check(name, Loss(run, name, y));
        (y * run.Array("cot.0")).sum().backward();
        weights.CheckGradients(network.Network, run);
        weights.CheckChanges(network.Network, run);
        if (network.training) CheckRadii(run, group, network, points);
    }

    /// <summary>The network of a case, with the case's weights.</summary>
    private static MolecularLieResNet Network(CaseRun run, LieGroup group)
    {
        var config = run.Config;
        var layers = config.Whole("num_layers");
        var network = new MolecularLieResNet(group, new MolecularNetworkOptions
        {
            Species = MoleculeCase.Species(run), ChargeScale = config.Number("charge_scale"),
            Outputs = (int)run.Array($"w.net.{layers + 3}.module.weight").shape[0],
            Channels = config.Whole("k"), Layers = layers, SampleCount = config.Whole("nbhd"),
            Fill = config.Number("fill"), LiftSamples = config.Whole("liftsamples", 1),
            Neighborhood = config.Bool("knn") ? NeighborhoodKind.Nearest : NeighborhoodKind.Ball,
            SharedLift = GroupOfCase.SharesLifts(config), BatchNorm = config.Bool("bn", true),
            Mean = config.Bool("mean", true),
            Activation = config.Text("act", "swish") == "relu" ? Activation.Relu : Activation.Swish,
        });
        network.to(run.Dtype);
        OriginalWeights.Network(layers).Load(network.Network, run);
        network.train(config.Bool("train", true));
        return network;
    }

    /// <summary>The mean absolute error of normalised targets; the array's name has both numbers.</summary>
    private static Tensor Loss(CaseRun run, string name, Tensor y)
    {
        var numbers = Normalisation().Match(name);
        double Number(string part) => double.Parse(numbers.Groups[part].Value, CultureInfo.InvariantCulture);
        return (y - (run.Array("in.target") - Number("median")) / Number("mad")).abs().mean();
    }

    private static void CheckRadii(CaseRun run, LieGroup group, MolecularLieResNet network, PointSet points)
    {
        var draws = new ReplayDraws(run);
        MoleculeCase.Augmented(run, draws);
        var options = network.Network.Options;
        var lift = new LiftOptions { Samples = options.LiftSamples, SharedAcrossPoints = options.SharedLift };
        var lifted = group.Lift(points, lift, draws);
        double[] fills = [.. Enumerable.Range(0, options.Layers).Select(i => options.Convolution(i).FillFraction)];
        Tensor[] radii = [.. network.Network.Blocks.Select(block => block.Convolution.Radius)];
        Radii.Check(run, group, lifted.Geometry, lifted.Mask!, fills, radii, block => $"net.{block + 1}.conv.");
    }

    [GeneratedRegex(@"_median(?<median>-?[\d.]+)_mad(?<mad>[\d.]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Normalisation();
}
