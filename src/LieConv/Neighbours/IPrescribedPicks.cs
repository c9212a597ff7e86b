using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>
/// Draws that prescribe the picks of a subsample. Farthest-point sampling on a grid is full of exact ties that rounding
/// decides, so a recorded run can only be replayed with its picks.
/// </summary>
internal interface IPrescribedPicks
{
    /// <summary>The next prescribed picks, int64, shape (g, count); null where sampling decides.</summary>
    Tensor? Next(int count);
}
