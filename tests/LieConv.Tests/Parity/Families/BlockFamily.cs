using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// The residual block. Where the original redraws the points of its residual, the twin first reproduces the recorded
/// run and then tells what the block gives when the residual comes from the convolution's own points.
/// </summary>
public sealed class BlockFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_bottleblock");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (config, group, draws) = (run.Config, OriginalScalings.ChoosingAsRecorded(GroupOfCase.Of(run.Config)), new ReplayDraws(run));
        var redrawn = run.Has("mid.fps_idx_01");
        if (redrawn) draws.KeepConvolutionStarts();
        using var block = new BottleneckBlock(group, config.Whole("chin"), config.Whole("chout"), new LieConvOptions
        {
            SampleCount = config.Whole("mc_samples"), FillFraction = config.Number("fill", 1.0 / 3),
            DownsampleFraction = config.Number("ds_frac", 1), BatchNorm = config.Bool("bn"), Mean = config.Bool("mean", true),
            Activation = config.Text("act", "swish") == "relu" ? Activation.Relu : Activation.Swish,
        });
        block.to(run.Dtype);
        OriginalWeights.Block.Load(block, run);
        block.train(config.Bool("train"));

        var (points, values, mask) = (run.Leaf("in.pts"), run.Leaf("in.vals"), run.Array("in.mask"));
        var lifted = group.Lift(new PointSet(points, values, mask), LiftOptions.Default, draws);
        var result = block.call(lifted, draws);
        (result.Values.squeeze(2) * run.Array("cot.0") * result.Mask!.unsqueeze(-1)).sum().backward();
        run.Check("out.mask", result.Mask!);
        var (near, far) = (result.Geometry.Queries(), result.Geometry.Support());
        // The original transposes the pairs that remain after a subsample.
        run.Check("out.abq", run.Has("mid.fps_idx_00") ? group.Relative(far, near) : group.Relative(near, far));
        var twin = new BlockTwin(run, group, redrawn);
        twin.Check(run, "out.vals", result.Values.squeeze(2), item => item.Values);
        twin.Check(run, "g.in.vals", values.grad!, item => item.ByValues);
        run.CheckDerived("g.in.abq", points.grad!, BlockTwin.ByPoints(run, group));
        OriginalWeights.Block.CheckGradients(block, run);
        OriginalWeights.Block.CheckChanges(block, run);
        if (block.training)
            Radii.Check(run, group, lifted.Geometry, mask, [config.Number("fill")], [block.Convolution.Radius], _ => "conv.");
    }

    /// <summary>The original's block on the recorded choices, as recorded and with one choice of points.</summary>
    private sealed class BlockTwin
    {
        private readonly bool _redrawn;
        private readonly (Tensor Values, Tensor ByValues) _recorded;
        private readonly (Tensor Values, Tensor ByValues) _right;

        public BlockTwin(CaseRun run, LieGroup group, bool redrawn)
        {
            _redrawn = redrawn;
            if (!redrawn) return;
            _recorded = Evaluate(run, group, run.Array("mid.fps_idx_00"));
            _right = Evaluate(run, group, run.Array("mid.fps_idx_01"));
        }

        public void Check(CaseRun run, string name, Tensor actual, Func<(Tensor Values, Tensor ByValues), Tensor> part)
        {
            if (!_redrawn)
            {
                run.Check(name, actual);
                return;
            }
            run.Check(name, part(_recorded));
            run.CheckRight(name, actual, part(_right));
        }

        /// <summary>The stored derivative by all pairs, carried back to the points.</summary>
        public static Tensor ByPoints(CaseRun run, LieGroup group)
        {
            var points = run.Leaf("in.pts");
            var elements = group.Lift(points, LiftOptions.Default, new ReplayDraws(run));
            (group.Relative(elements.Queries(), elements.Support()) * run.Array("g.in.abq")).sum().backward();
            return points.grad!;
        }

        private static (Tensor, Tensor) Evaluate(CaseRun run, LieGroup group, Tensor residualPicks)
        {
            var values = run.Leaf("in.vals");
            var elements = group.Lift(run.Array("in.pts"), LiftOptions.Default, new ReplayDraws(run));
            var pairs = group.Relative(elements.Queries(), elements.Support());
            var (_, wide, _) = OriginalTwin.Of(run).Block((pairs, values, run.Array("in.mask")), residualPicks,
                run.Array("mid.fps_idx_01"), run.Array("mid.nbhd_idx_00"), run.Array("mid.nbhd_mask_00"), "");
            (wide * run.Array("cot.0")).sum().backward();
            return (wide, values.grad!);
        }
    }
}
