using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Neighbours.Search;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Nearest valid points of queries, as sets.</summary>
public sealed class NearestFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_knn_point");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (points, queries, mask) = (run.Array("in.pts"), run.Array("in.query"), run.Array("in.mask"));
        var group = new Translation((int)points.shape[^1]);
        var distances = group.PairDistances(new LiftedElements(queries, null), new LiftedElements(points, null));
        var (indices, found) = NeighborSelection.Nearest(distances, mask.unsqueeze(1), run.Config.Whole("k"));
        var recorded = run.Array("out.idx_sorted");
        var n = points.shape[1];
        // Where a set has fewer valid points than asked for, the original fills up with padding and we do not.
        var valid = Gather.Rows(mask, recorded);
        var expected = Neighbours.Membership(recorded, valid, n);
        run.CheckDerived("out.idx_sorted", Neighbours.Membership(indices, found ?? ones_like(valid), n), expected, 0);
    }
}
