using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Whole residual networks: output, statistics, radii and gradients of everything.</summary>
public sealed class ResNetFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "D_lieresnet");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (group, draws) = (OriginalScalings.ChoosingAsRecorded(GroupOfCase.Of(run.Config)), new ReplayDraws(run));
        using var network = Network(run, group);
        var layers = network.Options.Layers;
        var weights = OriginalWeights.Network(layers);
        var redrawn = run.Has($"mid.fps_idx_{2 * layers - 1:00}") && !run.Config.Bool("cache");
        if (redrawn) draws.KeepConvolutionStarts();

        var (points, values, mask) = (run.Leaf("in.pts"), run.Leaf("in.vals"), run.Array("in.mask"));
        var y = network.call(new PointSet(points, values, mask), draws);
        var padded = !mask.all().item<bool>();
        var unpooled = !network.Options.Pool && padded;
        var wrongMasks = padded && MisreadsMasks(run);
        if (unpooled) y = y * LiftedMask(run, network.Options);
        (y * run.Array("cot.0")).sum().backward();
        if (redrawn || unpooled || wrongMasks) CheckByTwin(run, group, network, y, new PointSet(points, values, mask));
        else
        {
            run.Check("out.y", y);
            run.Check("g.in.vals", values.grad!);
            if (run.Has("g.in.pts")) run.Check("g.in.pts", points.grad!);
            weights.CheckGradients(network, run);
        }
        CheckChanges(run, group, network, weights);
    }

    /// <summary>The network of a case with the case's weights; widths that the configuration leaves out follow from them.</summary>
    public static LieResNet Network(CaseRun run, LieGroup group)
    {
        var config = run.Config;
        var layers = config.Whole("num_layers", 6);
        var lift = GroupOfCase.Lift(config);
        var network = new LieResNet(group, new LieResNetOptions
        {
            Inputs = (int)run.Array("w.net.0.module.weight").shape[1],
            Outputs = (int)run.Array($"w.net.{layers + 3}.module.weight").shape[0],
            Layers = layers, Channels = [.. config.Numbers("k", 1536).Select(k => (int)k)],
            FillFractions = config.Numbers("fill", 0.25), DownsampleFraction = config.Number("ds_frac", 1),
            Block = new()
            {
                SampleCount = config.Count("nbhd", int.MaxValue), LiftSamples = lift.Samples,
                OriginalLiftSteps = true, Neighborhood = config.Neighbours(), SharedLift = lift.SharedAcrossPoints,
                Mean = config.Bool("mean", true), BatchNorm = config.Bool("bn", true),
                Activation = config.Activation(), NormMomentum = config.Number("momentum", MaskedBatchNorm.Momentum),
            },

            Pool = config.Bool("pool", true),
        });
        network.to(run.Dtype);
        OriginalWeights.Network(layers).Load(network, run);
        network.train(config.Bool("train", true));
        return network;
    }

    private static void CheckChanges(CaseRun run, LieGroup group, LieResNet network, OriginalWeights weights)
    {
        weights.CheckChanges(network, run);
        if (!network.training) return;
        var options = network.Options;
        var lift = options.Block.Lift;
        var points = new PointSet(run.Array("in.pts"), run.Array("in.vals"), run.Array("in.mask"));
        var lifted = group.Lift(points, lift, new ReplayDraws(run));
        double[] fills = [.. Enumerable.Range(0, options.Layers).Select(i => options.Convolution(i).FillFraction)];
        Tensor[] radii = [.. network.Blocks.Select(block => block.Radius)];
        Radii.Check(run, group, lifted.Geometry, lifted.Mask!, fills, radii, block => $"net.{block + 1}.conv.");
    }

    /// <summary>
    /// The original adds each residual at other points than its convolution's, or its unpooled output and gradients go
    /// through padding: compare with the twin, which first reproduces what is stored.
    /// </summary>
    internal static void CheckByTwin(CaseRun run, LieGroup group, LieResNet network, Tensor y, PointSet points)
    {
        var recorded = Evaluate(run, group, network.Options, points, recorded: true);
        var right = Evaluate(run, group, network.Options, points, recorded: false);
        List<(string, Tensor)> ours = [("out.y", y)];
        if (run.Has("g.in.vals")) ours.Add(("g.in.vals", points.Values.grad!));
        if (run.Has("g.in.pts")) ours.Add(("g.in.pts", points.Coordinates.grad!));
        ours.AddRange(TwinComparison.Gradients(network, OriginalWeights.Network(network.Options.Layers)));
        TwinComparison.Check(run, recorded, right, ours);
    }

    /// <summary>Whether the original reads the masks of nearest neighbours at other places than theirs.</summary>
    internal static bool MisreadsMasks(CaseRun run) => run.Config.Bool("knn")
        && !run.Golden.Patches.Any(patch => patch.Contains("knn", StringComparison.Ordinal));

    /// <summary>The neighbour's own mask and the query's.</summary>
    private static Tensor RightMask(Tensor mask, Tensor? picks, Tensor indices)
    {
        var queries = picks is null ? mask : Gather.Rows(mask, picks);
        return Gather.Rows(mask, indices).logical_and(queries.unsqueeze(-1));
    }

    /// <summary>The recorded points of a block's residual and of its convolution; null where it keeps all.</summary>
    private static (Tensor? Residual, Tensor? Convolution) Picks(CaseRun run, int block, int layers)
    {
        if (!run.Has("mid.fps_idx_00")) return (null, null);
        if (!run.Has($"mid.fps_idx_{2 * layers - 1:00}"))
            return (run.Array($"mid.fps_idx_{block:00}"), run.Array($"mid.fps_idx_{block:00}"));
        return (run.Array($"mid.fps_idx_{2 * block:00}"), run.Array($"mid.fps_idx_{2 * block + 1:00}"));
    }

    /// <summary>Valid points of the output, shape (b, m, 1).</summary>
    private static Tensor LiftedMask(CaseRun run, LieResNetOptions options)
    {
        var mask = run.Array("in.mask").repeat_interleave(options.Block.LiftSamples, 1);
        for (var block = 0; block < options.Layers; block++)
            if (Picks(run, block, options.Layers).Convolution is { } picks) mask = Gather.Rows(mask, picks);
        return mask.unsqueeze(-1);
    }

    private static Dictionary<string, Tensor> Evaluate(
        CaseRun run, LieGroup group, LieResNetOptions options, PointSet set, bool recorded)
    {
        var twin = OriginalTwin.Of(run);
        var points = set.Coordinates.detach().clone().requires_grad_();
        var values = set.Values.detach().clone().requires_grad_();
        var draws = new ReplayDraws(run);
        if (run.Has("in.charges")) MoleculeCase.Augmented(run, draws);                // its draws come first
        var lifted = group.Lift(new PointSet(points, values, set.Mask), GroupOfCase.Lift(run.Config), draws);
        var pairs = group.Relative(lifted.Geometry.Queries(), lifted.Geometry.Support());
        var flow = (Pairs: pairs, Values: twin.Linear(lifted.Values.squeeze(2), "net.0.module."), Mask: lifted.Mask!);
        for (var block = 0; block < options.Layers; block++)
        {
            var (residual, picks) = Picks(run, block, options.Layers);
            var indices = run.Array($"mid.nbhd_idx_{block:00}");
            var counted = recorded || !MisreadsMasks(run)
                ? run.Array($"mid.nbhd_mask_{block:00}")
                : RightMask(flow.Mask, picks, indices);
            flow = twin.Block(flow, recorded ? residual : picks, picks, indices, counted, $"net.{block + 1}.");
        }
        var y = twin.Head(flow.Values, flow.Mask, options.Layers, options.Pool);
        if (run.Has("out.y") && run.Reference("out.y").dim() < y.dim()) y = y.squeeze(-1);
        if (!recorded && !options.Pool) y = y * flow.Mask.unsqueeze(-1);
        (y * run.Array("cot.0")).sum().backward();
        return TwinComparison.Results(
            run, twin, ("out.y", y), ("g.in.vals", values.grad!), ("g.in.pts", points.grad!));
    }
}
