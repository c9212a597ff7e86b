using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>Lifts the points of each item, and makes the table of all pairs of each.</summary>
internal static class ReferenceLift
{
    /// <summary>Larger tables are made item by item: temporaries live to the end of a scope here, where PyTorch frees
    /// them at once, and their memory must not count against the reference.</summary>
    private const long MostPairsAtOnce = 1 << 22;

    /// <summary>Lifts.</summary>
    /// <param name="group">The group.</param>
    /// <param name="points">Coordinates (b, n, D), one geometry an item.</param>
    /// <param name="options">How to lift.</param>
    /// <param name="draws">Source of the stabilizer draws.</param>
    public static PairedPoints Lift(LieGroup group, PointSet points, LiftOptions options, Draws draws)
    {
        var (coordinates, values, given) = points;
        var mask = given ?? ones(values.shape[..2], dtype: ScalarType.Bool, device: values.device);
        return new PairedPoints(
            Pairs(group, coordinates, mask, options, draws), values.repeat_interleave(options.Samples, 1),
            mask.repeat_interleave(options.Samples, 1));
    }

    /// <summary>The table of all pairs, shape (b, n·s, n·s, d + 2q).</summary>
    public static Tensor Pairs(LieGroup group, Tensor coordinates, Tensor? mask, LiftOptions options, Draws draws)
    {
        using var scope = NewDisposeScope();
        var (elements, orbits) = group.Lift(coordinates, mask, options, draws);
        var (b, n) = (elements.shape[0], elements.shape[1]);
        if (elements.requires_grad || b * n * n <= MostPairsAtOnce)
            return scope.MoveToOuter(Relative(group, elements, orbits));
        var table = empty([b, n, n, group.RelativeDim], dtype: elements.dtype);
        for (var item = 0; item < b; item++)
        {
            using var one = NewDisposeScope();
            table.narrow(0, item, 1).copy_(Relative(group, elements.narrow(0, item, 1), orbits?.narrow(0, item, 1)));
        }
        return scope.MoveToOuter(table);
    }

    private static Tensor Relative(LieGroup group, Tensor elements, Tensor? orbits) => group.Relative(
        new LiftedElements(elements.unsqueeze(2), orbits?.unsqueeze(2)),
        new LiftedElements(elements.unsqueeze(1), orbits?.unsqueeze(1)));
}
