using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// The random ball: neighbours, sums over them and the radius in training calls one after another. With padding our
/// radius takes another step than the original's, so each call starts from the recorded radius.
/// </summary>
public sealed class BallNeighborhoodFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_ball_neighborhood");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (config, draws) = (run.Config, new ReplayDraws(run));
        var group = OriginalScalings.ChoosingAsRecorded(GroupOfCase.Of(config));
        using var layer = new LieConvLayer(group, 1, 1, new LieConvOptions
        {
            Block = new() { SampleCount = config.Count("mc_samples"), BatchNorm = false },
            FillFraction = config.Number("fill"),
        });
        layer.to(run.Dtype);
        layer.train();
        config.Require("knn", false);
        var points = group.Lift(run.Array("in.pts"), null, GroupOfCase.Lift(config), draws);
        var mask = Lifted(run.Array("in.mask"), points);
        var picks = Picks(run, group, points, mask, draws);
        var queries = points.Picked(picks);
        var queryMask = picks is null ? mask : Gather.Rows(mask, picks);
        var distances = group.PairDistances(queries, points);

        var radius = run.Reference("w.r").item<double>();
        var (average, fill) = (config.Number("fill"), config.Number("fill"));
        for (var call = 0; run.Has($"mid.nbhd_idx_{call:00}"); call++)
        {
            SetRadius(layer, radius);
            var found = layer.Finder.Find(queries, queryMask, points, mask, null, draws);
            Neighbours.CheckSame(run, $"neighbours {call}", found, run.Array($"mid.nbhd_idx_{call:00}"),
                run.Array($"mid.nbhd_mask_{call:00}"), mask.shape[1]);
            Sums(run, points, found, call);
            var filled = Neighbours.AverageFill(distances, queryMask, mask, radius);
            average = Neighbours.NextAverage(average, filled);
            var right = Neighbours.NextRadius(radius, fill, filled);
            radius = run.Reference($"out.r_after{call}").item<double>();
            Compare(run, $"out.r_after{call}", layer.Radius, right, mask);
            Compare(run, $"out.fill_ema{call}", tensor(average), average, mask);
        }
    }

    private static Tensor? Picks(CaseRun run, LieGroup group, LiftedElements points, Tensor mask, Draws draws)
    {
        var fraction = run.Config.Number("ds_frac", 1);
        if (fraction == 1) return null;
        var count = FarthestPoints.Count(points.Elements.shape[1], fraction);
        var (picks, _) = FarthestPoints.Select(group.PairDistances(points, points), mask, count, draws);
        run.CheckValue("picks", picks, run.Array("mid.fps_idx_00"), tolerance: 0);
        return picks;
    }

    private static void Sums(CaseRun run, LiftedElements points, Neighborhood found, int call)
    {
        var counted = found.Mask!.unsqueeze(-1);
        var values = Gather.Rows(Lifted(run.Array("in.vals"), points), found.Indices!);
        run.Check($"out.sum_abq{call}", (found.Relative * counted).sum(-2));
        run.Check($"out.sum_vals{call}", (values * counted).sum(-2));
        run.Check($"out.count{call}", found.Mask!.sum(-1));
    }

    /// <summary>One row a lifted point, where the case stores one a point.</summary>
    private static Tensor Lifted(Tensor rows, LiftedElements points) =>
        rows.repeat_interleave(points.Elements.shape[1] / rows.shape[1], 1);

    private static void SetRadius(LieConvLayer layer, double radius)
    {
        using var off = no_grad();
        layer.Radius.fill_(radius);
    }

    private static void Compare(CaseRun run, string name, Tensor actual, double right, Tensor mask)
    {
        if (mask.all().item<bool>()) run.CheckDerived(name, actual, run.Reference(name), Radii.Tolerance);
        else run.CheckRight(name, actual, tensor(right), Radii.Tolerance);
    }
}
