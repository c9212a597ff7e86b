using static TorchSharp.torch;

namespace LieConv.Randomness;

/// <summary>
/// The random draws a forward pass makes, by purpose. Passed down explicitly, so that a pass is a function of its
/// inputs: <see cref="GeneratorDraws"/> draws afresh, tests replay recorded draws.
/// </summary>
public abstract class Draws
{
    /// <summary>Angles in radians, uniform on the circle.</summary>
    public abstract Tensor Angles(long[] shape, ScalarType dtype, Device device);

    /// <summary>Unit quaternions (w, x, y, z), uniform on the rotations, shape (shape..., 4).</summary>
    public abstract Tensor Quaternions(long[] shape, ScalarType dtype, Device device);

    /// <summary>Numbers in [0, 1) that rank the points of a ball when some of them are sampled.</summary>
    public abstract Tensor Ranks(long[] shape, Device device);

    /// <summary>The first point of a farthest-point subsample: a rank among the valid points of each set.</summary>
    /// <param name="validCounts">Valid points in each set, all positive.</param>
    /// <returns>For each set a number from 0 to its count - 1.</returns>
    public abstract long[] Starts(ReadOnlySpan<long> validCounts);
}
