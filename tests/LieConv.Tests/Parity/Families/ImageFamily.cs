using LieConv.Groups;
using LieConv.Layers;
using LieConv.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// Image networks, with a geometry for each image as in the original, and with its subsamples prescribed: on a grid
/// they are decided by ties.
/// </summary>
public sealed class ImageFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "D_img");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (group, draws) = (OriginalScalings.ChoosingAsRecorded(GroupOfCase.Of(run.Config)), new ReplayDraws(run));
        using var model = Model(run, group);
        var layers = model.Options.Layers;
        var weights = OriginalWeights.Network(layers);
        var picks = run.Names("mid.fps_idx_").Order(StringComparer.Ordinal).Select(run.Array).ToArray();
        draws.Prescribe(picks);

        var logits = model.call(run.Array("in.img"), draws);
        (logits * run.Array("cot.0")).sum().backward();
        run.Check("out.logits", logits);
        run.Check("out.cross_entropy", nn.functional.cross_entropy(logits, run.Array("in.label")));
        if (run.Has("out.coords")) run.Check("out.coords", model.Grid(run.Dtype, CPU).Coordinates[0]);
        weights.CheckGradients(model, run);
        CheckChanges(run, group, model, weights);

        if (!run.Has("in.img2")) return;
        // The original keeps lifts and subsamples for ever; here the second batch is given the same ones.
        draws.RepeatLifts(run);
        draws.Prescribe(picks);
        run.Check("out.logits2", model.call(run.Array("in.img2"), draws));
    }

    private static ImageLieResNet Model(CaseRun run, LieGroup group)
    {
        var config = run.Config;
        var (layers, shape, lift) = (config.Whole("num_layers", 6), run.Array("in.img").shape, GroupOfCase.Lift(config));
        config.Require("mean", true);
        config.Require("pool", true);
        var kept = Math.Pow(config.Number("total_ds", 1.0 / 64), 1.0 / layers);
        if (config.Has("ds_frac") && Math.Abs(config.Number("ds_frac") - kept) > 1e-6)
            throw new InvalidDataException($"The case has ds_frac beside total_ds, and not the {kept} that follows.");
        var (widths, grows) = (config.Numbers("k", 256), config.Bool("increase_channels", true));
        if (grows && widths.Length > 1)
            throw new InvalidDataException("The case has several k and increase_channels; expected one of them.");
        var model = new ImageLieResNet(group, new ImageLieResNetOptions
        {
            InputChannels = (int)shape[1], Height = (int)shape[2], Width = (int)shape[3], Layers = layers,
            Outputs = (int)run.Array($"w.net.{layers + 3}.module.weight").shape[0], Channels = (int)widths[0],
            GrowChannels = grows, BlockChannels = widths.Length > 1 ? [.. widths.Select(width => (int)width)] : null,
            TotalDownsampling = config.Number("total_ds", 1.0 / 64), FillFraction = config.Number("fill", 1.0 / 32),
            Block = new()
            {
                SampleCount = config.Count("nbhd", 12), Neighborhood = config.Neighbours(),
                LiftSamples = lift.Samples, OriginalLiftSteps = true, BatchNorm = config.Bool("bn", true),
                Activation = config.Activation(), NormMomentum = config.Number("momentum", MaskedBatchNorm.Momentum),
            },
            SharedGeometry = false,
        });
        model.to(run.Dtype);
        OriginalWeights.Network(layers).Load(model, run);
        model.train(config.Bool("train"));
        return model;
    }

    private static void CheckChanges(CaseRun run, LieGroup group, ImageLieResNet model, OriginalWeights weights)
    {
        weights.CheckChanges(model, run);
        if (!model.training) return;
        var coordinates = model.Grid(run.Dtype, CPU).Coordinates.expand(run.Array("in.img").shape[0], -1, -1);
        var lift = model.Network.Options.Block.Lift;
        var points = group.Lift(coordinates, lift, new ReplayDraws(run));
        var options = model.Network.Options;
        var mask = ones(points.Elements.shape[..2], dtype: ScalarType.Bool);
        double[] fills = [.. Enumerable.Range(0, options.Layers).Select(i => options.Convolution(i).FillFraction)];
        Tensor[] radii = [.. model.Network.Blocks.Select(block => block.Radius)];
        Radii.Check(run, group, points, mask, fills, radii, block => $"net.{block + 1}.conv.");
    }
}
