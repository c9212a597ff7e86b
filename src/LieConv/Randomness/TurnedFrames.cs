using static TorchSharp.torch;

namespace LieConv.Randomness;

/// <summary>
/// Turns the frames of framed lifts, and draws nothing. A frame is then as good as before, only another; a network that
/// is trained under random turns learns to give the same under all of them, so that what it gives does not depend on the
/// frame where that nearly vanishes and swings round quickly.
/// </summary>
/// <param name="angles">One angle for each item, in radians, shape (g): about the origin in the plane, about the frame's
/// first axis in space.</param>
public sealed class TurnedFrames(Tensor angles) : Draws
{
    /// <summary>The angles, in radians, shape (g).</summary>
    public Tensor TurnAngles { get; } = angles;

    /// <inheritdoc/>
    public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
        NoDraws.Instance.Angles(shape, dtype, device);

    /// <inheritdoc/>
    public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
        NoDraws.Instance.Quaternions(shape, dtype, device);

    /// <inheritdoc/>
    public override Tensor Ranks(long[] shape, Device device) => NoDraws.Instance.Ranks(shape, device);

    /// <inheritdoc/>
    public override long[] Starts(ReadOnlySpan<long> validCounts) => NoDraws.Instance.Starts(validCounts);
}
