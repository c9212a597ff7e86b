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
        (y * run.Array("cot.0")).sum().backward();
        if (ResNetFamily.MisreadsMasks(run) && !points.Mask!.all().item<bool>())
        {
            ResNetFamily.CheckByTwin(run, group, network.Network, y, points);
            foreach (var name in run.Names("out.mae_loss").ToArray())
                run.Leave(name, "follows from an output with masks read at other places");
        }
        else
        {
            run.Check("out.y", y);
            foreach (var name in run.Names("out.mae_loss").ToArray()) run.Check(name, Loss(run, name, y));
            weights.CheckGradients(network.Network, run);
        }
        weights.CheckChanges(network.Network, run);
        if (network.training) CheckRadii(run, group, network, points);
    }

    /// <summary>The network of a case, with the case's weights.</summary>
    private static MolecularLieResNet Network(CaseRun run, LieGroup group)
    {
        var config = run.Config;
        var (layers, lift) = (config.Whole("num_layers", 6), GroupOfCase.Lift(config));
        var (widths, fills) = (config.Numbers("k", 1536), config.Numbers("fill", 0.25));
        config.Require("pool", true);
        config.Require("network", MolecularLieResNet.ShortName);
        config.Require("ds_frac", 1);
        var network = new MolecularLieResNet(group, new MolecularNetworkOptions
        {
            Species = MoleculeCase.Species(run), ChargeScale = config.Number("charge_scale"),
            Outputs = (int)run.Array($"w.net.{layers + 3}.module.weight").shape[0],
            Channels = (int)widths[0], Layers = layers,
            Block = MolecularNetworkOptions.UsualBlock with
            {
                SampleCount = config.Count("nbhd", int.MaxValue), LiftSamples = lift.Samples,
                Neighborhood = config.Neighbours(), SharedLift = lift.SharedAcrossPoints,
                NormMomentum = config.Number("momentum", MaskedBatchNorm.Momentum),
                BatchNorm = config.Bool("bn", true), Mean = config.Bool("mean", true),
                Activation = config.Activation(),
            },
            BlockChannels = widths.Length > 1 ? [.. widths.Select(width => (int)width)] : null,
            Fill = fills[0], BlockFills = fills.Length > 1 ? fills : null,

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
        var lift = new LiftOptions { Samples = options.Block.LiftSamples, SharedAcrossPoints = options.Block.SharedLift };
        var lifted = group.Lift(points, lift, draws);
        double[] fills = [.. Enumerable.Range(0, options.Layers).Select(i => options.Convolution(i).FillFraction)];
        Tensor[] radii = [.. network.Network.Blocks.Select(block => block.Radius)];
        Radii.Check(run, group, lifted.Geometry, lifted.Mask!, fills, radii, block => $"net.{block + 1}.conv.");
    }

    [GeneratedRegex(@"_median(?<median>-?[\d.]+)_mad(?<mad>[\d.]+)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Normalisation();
}
