using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// The residual block. Where the original redraws the points of its residual, or its gradients go through padding, the
/// twin first reproduces the recorded run and then tells what the block gives without that.
/// </summary>
public sealed class BlockFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_bottleblock");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (group, draws) = (OriginalScalings.ChoosingAsRecorded(GroupOfCase.Of(run.Config)), new ReplayDraws(run));
        var redrawn = run.Has("mid.fps_idx_01");
        if (redrawn) draws.KeepConvolutionStarts();
        using var block = Block(run, group);
        var (points, values, mask) = (run.Leaf("in.pts"), run.Leaf("in.vals"), run.Array("in.mask"));
        var lifted = group.Lift(new PointSet(points, values, mask), GroupOfCase.Lift(run.Config), draws);
        var result = block.call(lifted, draws);
        var kept = result.Mask!.unsqueeze(-1);
        var output = result.Values.squeeze(2).masked_fill(kept.logical_not(), 0);
        (output * run.Array("cot.0")).sum().backward();

        run.Check("out.mask", result.Mask!);
        var (near, far) = (result.Geometry.Queries(), result.Geometry.Support());
        // The original transposes the pairs that remain after a subsample.
        run.Check("out.abq", run.Has("mid.fps_idx_00") ? group.Relative(far, near) : group.Relative(near, far));
        if (redrawn || !mask.all().item<bool>())
        {
            var (recorded, right) = (Evaluate(run, group, recorded: true), Evaluate(run, group, recorded: false));
            TwinComparison.Check(run, recorded, right, [("out.vals", output), ("g.in.vals", values.grad!),
                .. TwinComparison.Gradients(block, OriginalWeights.Block)]);
            run.CheckRight("g.in.abq", points.grad!, ByPoints(run, group, right["g.in.abq"]));
        }
        else
        {
            run.Check("out.vals", output);
            run.Check("g.in.vals", values.grad!);
            run.CheckDerived("g.in.abq", points.grad!, ByPoints(run, group, run.Array("g.in.abq")));
            OriginalWeights.Block.CheckGradients(block, run);
        }
        OriginalWeights.Block.CheckChanges(block, run);
        if (block.training)
        {
            double[] fills = [run.Config.Number("fill", 1.0 / 3)];
            Radii.Check(run, group, lifted.Geometry, lifted.Mask!, fills, [block.Convolution.Radius], _ => "conv.");
        }
    }

    private static BottleneckBlock Block(CaseRun run, LieGroup group)
    {
        var config = run.Config;
        var block = new BottleneckBlock(group, config.Whole("chin"), config.Whole("chout"), new LieConvOptions
        {
            Block = new()
            {
                Neighborhood = config.Neighbours(),
                NormMomentum = config.Number("momentum", MaskedBatchNorm.Momentum),
                SampleCount = config.Count("mc_samples"), BatchNorm = config.Bool("bn"),
                Mean = config.Bool("mean", true), Activation = config.Activation(),
            },
            FillFraction = config.Number("fill", 1.0 / 3),
            DownsampleFraction = config.Number("ds_frac", 1),
        });
        block.to(run.Dtype);
        OriginalWeights.Block.Load(block, run);
        block.train(config.Bool("train"));
        return block;
    }

    /// <summary>A derivative by all pairs, carried back to the points.</summary>
    private static Tensor ByPoints(CaseRun run, LieGroup group, Tensor byPairs)
    {
        var points = run.Leaf("in.pts");
        var elements = group.Lift(points, null, GroupOfCase.Lift(run.Config), new ReplayDraws(run));
        (group.Relative(elements.Queries(), elements.Support()) * byPairs).sum().backward();
        return points.grad!;
    }

    private static Dictionary<string, Tensor> Evaluate(CaseRun run, LieGroup group, bool recorded)
    {
        var (twin, values) = (OriginalTwin.Of(run), run.Leaf("in.vals"));
        var lift = GroupOfCase.Lift(run.Config);
        var lifted = group.Lift(
            new PointSet(run.Array("in.pts"), values, run.Array("in.mask")), lift, new ReplayDraws(run));
        var elements = lifted.Geometry;
        var pairs = group.Relative(elements.Queries(), elements.Support()).detach().requires_grad_();
        var first = run.Has("mid.fps_idx_00") ? run.Array("mid.fps_idx_00") : null;
        var picks = run.Has("mid.fps_idx_01") ? run.Array("mid.fps_idx_01") : first;
        var spread = values.repeat_interleave(lift.Samples, 1);
        var (_, wide, left) = twin.Block((pairs, spread, lifted.Mask!), recorded ? first : picks, picks,
            run.Array("mid.nbhd_idx_00"), run.Array("mid.nbhd_mask_00"), "");
        if (!recorded) wide = wide.masked_fill(left.logical_not().unsqueeze(-1), 0);
        (wide * run.Array("cot.0")).sum().backward();
        return TwinComparison.Results(
            run, twin, ("out.vals", wide), ("g.in.vals", values.grad!), ("g.in.abq", pairs.grad!));
    }
}
