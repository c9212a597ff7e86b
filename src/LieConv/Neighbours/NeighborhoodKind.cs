namespace LieConv.Neighbours;

/// <summary>Which points a convolution sums over.</summary>
public enum NeighborhoodKind
{
    /// <summary>A random sample of the points within a radius that follows the wanted fill fraction.</summary>
    Ball,

    /// <summary>The nearest points, and all that are as near as the last of them: a choice among equals would depend
    /// on the order of points.</summary>
    Nearest,

    /// <summary>All points of the set: nothing is chosen, so the convolution is exactly equivariant.</summary>
    Everything,
}
