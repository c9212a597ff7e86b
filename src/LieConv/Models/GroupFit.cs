using LieConv.Groups;
using LieConv.Lifting;

namespace LieConv.Models;

/// <summary>Whether a group can do what a network's options ask of it.</summary>
internal static class GroupFit
{
    /// <summary>Requires a group that the options fit.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">Options that are valid by themselves.</param>
    /// <returns>How sets are seen from frames of their own; null where they are not.</returns>
    /// <exception cref="ArgumentException">If it does not fit.</exception>
    public static FrameSymmetry? Frames(LieGroup group, LieResNetOptions options)
    {
        if (options.Block.LiftSamples > 1 && !group.HasStabilizer)
            throw new ArgumentException(
                $"LiftSamples is {options.Block.LiftSamples} for {group}, which lifts a point in one way only; expected 1.");
        if (options.Block.Frames == FrameChoice.Framed && !group.HasFrames)
            throw new ArgumentException(
                $"Frames is Framed, but {group} has no frames; expected Sampled, or a group such as SE2.");
        var frames = options.Block.Frames == FrameChoice.Sampled ? null : FrameSymmetry.Find(group);
        if (options.Block.Frames == FrameChoice.Weighted && frames is null)
            throw new ArgumentException(
                $"Frames is Weighted, but {group} is not known to turn points; " +
                "expected Sampled, or a group with rotations such as SE2, SO2, SE3 or SO3.");
        if (group is ILiftLimits limits && limits.Limit(options.Block.Lift) is { } limit)
            throw new ArgumentException(limit, nameof(group));
        return frames;
    }
}
