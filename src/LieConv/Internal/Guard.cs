using static TorchSharp.torch;

namespace LieConv.Internal;

/// <summary>Checks of arguments at the entry points, so that no call fails inside libtorch.</summary>
internal static class Guard
{
    /// <summary>Requires a floating tensor whose last dimension has the given size.</summary>
    public static void LastDimension(Tensor tensor, int expected, string owner, string parameter)
    {
        var shape = tensor.shape;
        if (shape.Length == 0 || shape[^1] != expected)
            throw new ArgumentException(
                $"{parameter} of {owner} must have shape (..., {expected}), not ({string.Join(", ", shape)}).",
                parameter);
        Floating(tensor, owner, parameter);
    }

    /// <summary>Requires a floating tensor whose last two dimensions are square of the given size.</summary>
    public static void SquareMatrix(Tensor tensor, int expected, string owner, string parameter)
    {
        var shape = tensor.shape;
        if (shape.Length < 2 || shape[^1] != expected || shape[^2] != expected)
            throw new ArgumentException(
                $"{parameter} of {owner} must have shape (..., {expected}, {expected}), " +
                $"not ({string.Join(", ", shape)}).", parameter);
        Floating(tensor, owner, parameter);
    }

    /// <summary>Requires points (g, n, D) and a number of samples that the group can give.</summary>
    public static void Lift(Tensor points, Groups.LiftOptions options, string group, int pointDim, bool hasStabilizer)
    {
        var shape = points.shape;
        if (shape.Length != 3 || shape[2] != pointDim)
            throw new ArgumentException(
                $"{group} lifts points of shape (g, n, {pointDim}), not ({string.Join(", ", shape)}).", nameof(points));
        Floating(points, group, nameof(points));
        if (options.Samples < 1)
            throw new ArgumentException(
                $"LiftOptions.Samples is {options.Samples}; expected 1 or more.", nameof(options));
        if (options.Samples > 1 && !hasStabilizer)
            throw new ArgumentException(
                $"LiftOptions.Samples is {options.Samples}, but {group} lifts every point in one way only; expected 1.",
                nameof(options));
    }

    private static void Floating(Tensor tensor, string owner, string parameter)
    {
        if (!tensor.is_floating_point())
            throw new ArgumentException(
                $"{parameter} of {owner} must be floating point, not {tensor.dtype}.", parameter);
    }
}
