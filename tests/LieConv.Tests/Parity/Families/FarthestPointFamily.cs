using LieConv.Groups;
using LieConv.Neighbours;

namespace LieConv.Tests.Parity.Families;

/// <summary>Farthest-point sampling from recorded starts.</summary>
public sealed class FarthestPointFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_fps");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (points, mask, draws) = (run.Array("in.pts"), run.Array("in.mask"), new ReplayDraws(run));
        var group = GroupOfCase.Of(run.Config);
        var elements = group.Lift(points, LiftOptions.Default, draws);
        var distances = group.PairDistances(elements, elements);
        run.Check("out.dists", distances);
        var fractions = run.Config.Numbers("fracs");
        for (var i = 0; i < fractions.Length; i++)
        {
            var count = FarthestPoints.Count(points.shape[1], fractions[i]);
            var (indices, _) = FarthestPoints.Select(distances, mask, count, draws);
            run.Check($"out.idx{i}", indices);
        }
    }
}
