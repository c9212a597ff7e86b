using LieConv.Groups;
using LieConv.Neighbours;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Profiling;

/// <summary>Where a block's points are, and which of them it keeps.</summary>
/// <param name="Points">Elements and orbits of the n points.</param>
/// <param name="Mask">Valid points, shape (g, n); null where all are.</param>
/// <param name="Picks">Which remain, shape (g, m); null where all do.</param>
/// <param name="Neighborhood">The neighbours of the m remaining ones.</param>
internal sealed record BlockGeometry(LiftedElements Points, Tensor? Mask, Tensor? Picks, Neighborhood Neighborhood)
{
    /// <summary>Geometries g.</summary>
    public long Sets => Points.Elements.shape[0];

    /// <summary>Points n.</summary>
    public long Count => Points.Elements.shape[1];

    /// <summary>Remaining points m.</summary>
    public long Remaining => Picks?.shape[1] ?? Count;
}
