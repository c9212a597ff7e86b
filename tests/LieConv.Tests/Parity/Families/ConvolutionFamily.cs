using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// One convolution: our own neighbours against the recorded ones, our relative coordinates against the recorded pairs,
/// then output, statistics and all gradients on the recorded pairs. Where the original chooses wrong neighbours
/// (a mask not gathered, the distance of scalings), the recorded ones are convolved and ours checked against the rule.
/// </summary>
public sealed class ConvolutionFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "C_");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (config, group, draws) = (run.Config, GroupOfCase.Of(run.Config), new ReplayDraws(run));
        using var layer = Layer(run, group);
        var points = group.Lift(run.Array("in.pts"), null, GroupOfCase.Lift(config), draws);
        var (mask, pairs) = (run.Array("in.mask"), run.Leaf("in.abq"));
        var picks = Picks(run, group, points, mask, draws);
        var (queries, queryMask) = (points.Picked(picks), picks is null ? mask : Gather.Rows(mask, picks));
        CheckPairs(run, group, points, mask);

        var distances = group.PairDistances(queries, points);
        var radius = layer.Radius.to_type(ScalarType.Float64).item<double>();
        var own = layer.Finder.Find(queries, queryMask, points, mask, null, draws);
        var (indices, counted) = (run.Array("mid.nbhd_idx_00"), run.Array("mid.nbhd_mask_00"));
        if (RightDistance.Deviates(group)) CheckChoiceAsRecorded(run, queries, queryMask, points, mask);
        if (WrongChoice(run, group)) CheckOwnChoice(run, own, distances, queryMask, mask, radius);
        else Neighbours.CheckSame(run, "neighbours", own, indices, counted, mask.shape[1]);

        Convolve(run, layer, pairs, picks, queryMask, indices, counted);
        CheckRadius(run, layer, distances, queryMask, mask, radius);
    }

    private static LieConvLayer Layer(CaseRun run, LieGroup group)
    {
        var config = run.Config;
        var layer = new LieConvLayer(group, config.Whole("cin"), config.Whole("cout"), new LieConvOptions
        {
            Block = new()
            {
                Neighborhood = config.Neighbours(),
                NormMomentum = config.Number("momentum", MaskedBatchNorm.Momentum),
                SampleCount = config.Count("mc_samples"), Mean = config.Bool("mean"), BatchNorm = config.Bool("bn"),
                Activation = config.Activation(),
            },
            FillFraction = config.Number("fill", 1.0 / 3),
            DownsampleFraction = config.Number("ds_frac", 1),
        });
        layer.to(run.Dtype);
        OriginalWeights.Convolution.Load(layer, run);
        layer.train(config.Bool("train"));
        return layer;
    }

    private static Tensor? Picks(CaseRun run, LieGroup group, LiftedElements points, Tensor mask, Draws draws)
    {
        if (!run.Has("mid.fps_idx_00")) return null;
        var recorded = run.Array("mid.fps_idx_00");
        var chooser = OriginalScalings.ChoosingAsRecorded(group);
        var (picks, _) = FarthestPoints.Select(
            chooser.PairDistances(points, points), mask, (int)recorded.shape[1], draws);
        run.CheckValue("picks", picks, recorded, tolerance: 0);
        return picks;
    }

    private static void CheckPairs(CaseRun run, LieGroup group, LiftedElements points, Tensor mask)
    {
        var both = mask.unsqueeze(1).logical_and(mask.unsqueeze(2)).unsqueeze(-1);
        var relative = group.Relative(points.Queries(), points.Support());
        run.CheckValue("pairs", relative * both, run.Reference("in.abq") * both, run.SinglePrecision ? 1e-4 : 1e-9);
    }

    /// <summary>Whether the recorded neighbours are wrong: the original gathers no mask for its nearest ones, which padding
    /// brings out unless the case was recorded with that repaired, and its distance of scalings is wrong.</summary>
    private static bool WrongChoice(CaseRun run, LieGroup group) =>
        RightDistance.Deviates(group)
        || (run.Config.Bool("knn") && !run.Array("in.mask").all().item<bool>()
            && !run.Golden.Patches.Any(patch => patch.Contains("knn", StringComparison.Ordinal)));

    /// <summary>With the original's distance put in, the neighbours are the recorded ones.</summary>
    private static void CheckChoiceAsRecorded(
        CaseRun run, LiftedElements queries, Tensor queryMask, LiftedElements points, Tensor mask)
    {
        using var layer = Layer(run, OriginalScalings.ChoosingAsRecorded(GroupOfCase.Of(run.Config)));
        var found = layer.Finder.Find(queries, queryMask, points, mask, null, new ReplayDraws(run));
        Neighbours.CheckSame(run, "neighbours by the original's distance", found, run.Array("mid.nbhd_idx_00"),
            run.Array("mid.nbhd_mask_00"), mask.shape[1]);
    }

    /// <summary>Every neighbour is valid and right: within the ball, or none of the others nearer.</summary>
    private static void CheckOwnChoice(
        CaseRun run, Neighborhood own, Tensor distances, Tensor queryMask, Tensor mask, double radius)
    {
        var n = mask.shape[1];
        var chosen = Neighbours.Membership(own.Indices!, own.Mask!, n);
        var valid = mask.unsqueeze(1).logical_and(queryMask.unsqueeze(2)).expand(distances.shape);
        var k = Math.Min(run.Config.Count("mc_samples"), n);
        if (run.Config.Bool("knn"))
        {
            var order = distances.masked_fill(valid.logical_not(), double.PositiveInfinity).argsort(-1).narrow(-1, 0, k);
            var right = Neighbours.Membership(order, valid.gather(-1, order), n);
            run.CheckValue("right neighbours", chosen, right, tolerance: 0);
            return;
        }
        var within = valid.logical_and(distances < radius);
        var outside = chosen.masked_fill(within, 0).sum();
        run.CheckValue("neighbours outside the ball", outside, zeros_like(outside), tolerance: 0);
        run.CheckValue("neighbours taken", chosen.sum(-1), within.sum(-1).clamp(max: k), tolerance: 0);
    }

    private static void Convolve(
        CaseRun run, LieConvLayer layer, Tensor pairs, Tensor? picks, Tensor queryMask, Tensor indices, Tensor counted)
    {
        var rows = picks is null ? pairs : Gather.Rows(pairs, picks);                                      // (b, m, n, d)
        var relative = rows.gather(2, indices.unsqueeze(-1).expand([.. indices.shape, pairs.shape[^1]]));
        var values = run.Leaf("in.vals");
        var convolved = layer.call(values.unsqueeze(2), new ChosenNeighborhood(indices, counted, relative)).squeeze(2);
        var kept = convolved.masked_fill(queryMask.logical_not().unsqueeze(-1), 0);
        (kept * run.Array("cot.0")).sum().backward();
        run.Check("out.vals", kept);
        run.Check("out.mask", queryMask);
        run.Check("out.abq", picks is null ? rows : OriginalTwin.Subsampled(rows, picks));
        run.Check("g.in.vals", values.grad!);
        run.Check("g.in.abq", pairs.grad!);
        OriginalWeights.Convolution.CheckGradients(layer, run);
    }

    private static void CheckRadius(
        CaseRun run, LieConvLayer layer, Tensor distances, Tensor queryMask, Tensor mask, double radius)
    {
        var (fill, padded) = (run.Config.Number("fill", 1.0 / 3), !mask.all().item<bool>());
        var filled = Neighbours.AverageFill(distances, queryMask, mask, radius);
        var right = Neighbours.NextRadius(radius, fill, filled);
        if (run.Has("after.r") && !padded && !RightDistance.Deviates(layer.Group))
            run.CheckDerived("after.r", layer.Radius, run.Reference("after.r"), Radii.Tolerance);
        else if (run.Has("after.r"))
            run.CheckRight("after.r", layer.Radius, tensor(right), Radii.Tolerance);
        foreach (var (name, value) in layer.state_dict().Where(item => item.Key != "radius"))
        {
            var stored = "after." + OriginalWeights.Convolution.Their(name);
            if (run.Has(stored)) run.Check(stored, value);
        }
        if (!run.Has("attr.fill_frac_ema")) return;
        var average = run.Config.Bool("knn") ? fill : Neighbours.NextAverage(fill, filled);
        if (padded) run.Leave("attr.fill_frac_ema", "over-counts padded sets");
        else run.CheckDerived("attr.fill_frac_ema", tensor(average), run.Reference("attr.fill_frac_ema"), 1e-6);
    }
}
