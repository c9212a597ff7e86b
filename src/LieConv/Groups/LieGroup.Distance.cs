using LieConv.Numerics;
using static LieConv.Groups.HalfTypes;
using static TorchSharp.torch;

namespace LieConv.Groups;

// Pairs of lifted points: relative coordinates and distances. All forms of them agree (Laws/FormLaws).
public abstract partial class LieGroup
{
    /// <summary>Relative coordinates [log(v⁻¹u), q_u, q_v] of queries u seen from neighbours v.</summary>
    /// <param name="queries">Elements and orbits of the queries, shapes (..., e) and (..., q).</param>
    /// <param name="neighbours">Elements and orbits of the neighbours, of broadcastable shape.</param>
    /// <returns>Relative coordinates, shape (..., d + 2q).</returns>
    public Tensor Relative(LiftedElements queries, LiftedElements neighbours)
    {
        GroupGuard.Elements(queries, this, nameof(queries));
        GroupGuard.Elements(neighbours, this, nameof(neighbours));
        Guard.Broadcast(queries.Elements, neighbours.Elements, Name, "queries and neighbours");
        using var scope = NewDisposeScope();
        var dtype = queries.Elements.dtype;
        (queries, neighbours) = (Wide(queries), Wide(neighbours));
        var log = (this as IFusedRelative)?.RelativeLog(neighbours.Elements, queries.Elements)
            ?? Log(Between(neighbours.Elements, queries.Elements));
        if (OrbitDim == 0) return scope.MoveToOuter(Narrow(log, dtype));
        var shape = log.shape[..^1].Append(OrbitDim).ToArray();
        return scope.MoveToOuter(
            Narrow(cat([log, queries.Orbits!.expand(shape), neighbours.Orbits!.expand(shape)], -1), dtype));
    }

    /// <summary>The distance that decides neighbourhoods, from relative coordinates.</summary>
    /// <param name="relative">Relative elements and orbits [log(v⁻¹u), q_u, q_v], shape (..., d + 2q).</param>
    /// <returns>Distances, shape (...).</returns>
    public Tensor Distance(Tensor relative)
    {
        Guard.LastDimension(relative, RelativeDim, Name, nameof(relative));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(DistanceCore(Wide(relative)), relative.dtype));
    }

    /// <summary>Distances of all pairs, without derivatives; groups with a closed form skip the logarithms.</summary>
    /// <param name="queries">Query elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="support">Neighbour elements (g, n, e) and orbits (g, n, q).</param>
    /// <returns>Distances, shape (g, m, n).</returns>
    public Tensor PairDistances(LiftedElements queries, LiftedElements support)
    {
        GroupGuard.Elements(queries, this, nameof(queries));
        GroupGuard.Elements(support, this, nameof(support));
        GroupGuard.SameGeometries(queries, support, Name);
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(
            Narrow(PairDistancesCore(Wide(queries), Wide(support)), queries.Elements.dtype));
    }

    /// <summary><see cref="Distance"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor DistanceCore(Tensor relative);

    /// <summary><see cref="PairDistances"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor PairDistancesCore(LiftedElements queries, LiftedElements support);
}
