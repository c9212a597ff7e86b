namespace LieConv.Lifting;

/// <summary>Where a network takes what completes the lift of a point: the elements that keep it in its place.</summary>
public enum FrameChoice
{
    /// <summary>Random draws, as the original does.</summary>
    Sampled,

    /// <summary>The same as <see cref="Weighted"/> where the group rotates, and allowed where it does not: nothing is
    /// drawn. Frames of single points, which this once meant, end where a point's surroundings are symmetric.</summary>
    Framed,

    /// <summary>The mean over several frames of the whole set, those of its outermost points, weighted so that it is
    /// smooth and exactly invariant for every set: nothing is drawn (docs/maths.md, Weighted frames). For groups with
    /// rotations. A frame's view lifts each point once, and where the group does not translate all that it turns, as SO2
    /// and SO3, what sees it is a network on all coordinates of the view. Neighbours that are drawn, as from a ball, and
    /// subsamples make it so in distribution only. The passes over a set are as many as its frames.</summary>
    Weighted,
}
