using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Commutative groups whose elements are kept as numbers that add up.</summary>
internal static class Additive
{
    /// <summary>left + right, shape (..., e).</summary>
    public static Tensor Compose(LieGroup group, Tensor left, Tensor right)
    {
        Check(group, left, nameof(left));
        Check(group, right, nameof(right));
        Guard.Broadcast(left, right, group.Name, "left and right");
        return left + right;
    }

    /// <summary>-element, shape (..., e).</summary>
    public static Tensor Inverse(LieGroup group, Tensor element)
    {
        Check(group, element, nameof(element));
        return -element;
    }

    /// <summary>target - origin, shape (..., e).</summary>
    public static Tensor Between(LieGroup group, Tensor origin, Tensor target)
    {
        Check(group, origin, nameof(origin));
        Check(group, target, nameof(target));
        Guard.Broadcast(origin, target, group.Name, "origin and target");
        return target - origin;
    }

    private static void Check(LieGroup group, Tensor element, string parameter) =>
        Guard.LastDimension(element, group.ElementDim, group.Name, parameter);
}
