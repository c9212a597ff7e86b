namespace LieConv.Groups;

/// <summary>Marks groups whose <see cref="LieGroup.Distance"/> is bounded by that of positions, so that a spatial
/// search leaves out far points unseen.</summary>
internal interface IBoundedByPositions
{
    /// <summary>The positions of lifted points.</summary>
    PositionBound Bound(LiftedElements points);
}
