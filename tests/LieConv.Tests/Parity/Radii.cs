using LieConv.Groups;
using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>What the radii of a network's convolutions must be after one training pass.</summary>
public static class Radii
{
    /// <summary>The original averages the fill in single precision whatever its default type.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>Compares the radii and, where they are stored, the running averages of the fill.</summary>
    /// <param name="run">The case.</param>
    /// <param name="points">The lifted points of the first block.</param>
    /// <param name="group">The group.</param>
    /// <param name="mask">Valid lifted points, shape (b, n).</param>
    /// <param name="fills">Wanted fill of each block.</param>
    /// <param name="actual">Radius of each block after the pass.</param>
    /// <param name="place">Where a block's convolution is in the original's state dict.</param>
    public static void Check(
        CaseRun run, LieGroup group, LiftedElements points, Tensor mask, double[] fills, IReadOnlyList<Tensor> actual,
        Func<int, string> place)
    {
        if (run.Config.Bool("knn"))
        {
            CheckStill(run, fills, actual, place);
            return;
        }
        var padded = !mask.all().item<bool>();
        var picks = run.Names("mid.fps_idx_").Order(StringComparer.Ordinal).ToArray();
        for (var block = 0; block < fills.Length; block++)
        {
            // Where the points of the residuals are redrawn, a block stores two choices, the convolution's second.
            var choice = picks.Length == 2 * fills.Length ? 2 * block + 1 : block;
            var picked = choice < picks.Length ? run.Array(picks[choice]) : null;
            var (queries, queryMask) = (points.Picked(picked), picked is null ? mask : Gather.Rows(mask, picked));
            var name = place(block) + "r";
            var radius = run.Reference("w." + name).item<double>();
            var filled = Neighbours.AverageFill(group.PairDistances(queries, points), queryMask, mask, radius);
            var right = Neighbours.NextRadius(radius, fills[block], filled);
            foreach (var stored in OriginalWeights.Stored(name).Where(run.Has))
            {
                if (padded) run.CheckRight(stored, actual[block], tensor(right), Tolerance);
                else run.CheckDerived(stored, actual[block], run.Reference(stored), Tolerance);
            }
            var average = $"attr.{place(block)}fill_frac_ema";
            if (run.Has(average) && padded) run.Leave(average, "over-counts padded sets");
            else if (run.Has(average)) CheckAverage(run, average, fills[block], filled);
            (points, mask) = (queries, queryMask);
        }
    }

    /// <summary>Nearest neighbours have no ball: nothing moves.</summary>
    private static void CheckStill(
        CaseRun run, double[] fills, IReadOnlyList<Tensor> actual, Func<int, string> place)
    {
        for (var block = 0; block < fills.Length; block++)
        {
            if (run.Has($"w.{place(block)}r"))
                run.CheckDerived($"radius {block}", actual[block], run.Reference($"w.{place(block)}r"), Tolerance);
            var average = $"attr.{place(block)}fill_frac_ema";
            if (run.Has(average)) run.CheckDerived(average, tensor(fills[block]), run.Reference(average), Tolerance);
        }
    }

    /// <summary>Compares the average of the fill that the original keeps for its log, which ours follows from the radius.</summary>
    public static void CheckAverage(CaseRun run, string name, double fill, double filled) =>
        run.CheckDerived(name, tensor(Neighbours.NextAverage(fill, filled)), run.Reference(name), Tolerance);
}
