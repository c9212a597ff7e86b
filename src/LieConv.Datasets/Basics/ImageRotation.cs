using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Basics;

/// <summary>
/// Rotation of images about their centre: bilinear, zeros from outside. A positive angle turns the picture clockwise
/// as it is seen (first row on top). Output pixel p takes the input at R p, R = [[cos, sin], [-sin, cos]] in (x right,
/// y down), pixel centres at half integers: the convention of the original LieConv's augmentation.
/// </summary>
public static class ImageRotation
{
    /// <summary>Turns each image by its own angle. Differentiable in the images.</summary>
    /// <param name="images">Images, shape (b, c, h, w), floating point; background 0.</param>
    /// <param name="anglesRadians">Angles in radians, shape (b), floating point.</param>
    /// <returns>Rotated images of the same shape, type and device.</returns>
    /// <exception cref="ArgumentException">A shape or type is not as described.</exception>
    public static Tensor Rotate(Tensor images, Tensor anglesRadians) => Move(images, anglesRadians, null);

    /// <summary>Turns and shifts each image by its own motion: output pixel p takes the input at R p + s. Differentiable
    /// in the images.</summary>
    /// <param name="images">Images, shape (b, c, h, w), floating point; background 0.</param>
    /// <param name="anglesRadians">Angles in radians, shape (b), floating point.</param>
    /// <param name="shiftsPixels">Shifts s (x right, y down) in pixels, shape (b, 2), floating point; null for
    /// none.</param>
    /// <returns>Moved images of the same shape, type and device.</returns>
    /// <exception cref="ArgumentException">A shape or type is not as described.</exception>
    public static Tensor Move(Tensor images, Tensor anglesRadians, Tensor? shiftsPixels)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(anglesRadians);
        if (images.dim() != 4 || !images.is_floating_point())
            throw new ArgumentException($"images must be floating point of shape (b, c, h, w), " +
                $"not {images.dtype} of shape ({string.Join(", ", images.shape)}).");
        if (anglesRadians.dim() != 1 || anglesRadians.shape[0] != images.shape[0]
            || !anglesRadians.is_floating_point())
            throw new ArgumentException($"anglesRadians must be floating point of shape ({images.shape[0]}), one for " +
                $"each image, not {anglesRadians.dtype} of shape ({string.Join(", ", anglesRadians.shape)}).");

        if (shiftsPixels is not null && (!shiftsPixels.is_floating_point()
            || !shiftsPixels.shape.AsSpan().SequenceEqual([images.shape[0], 2])))
            throw new ArgumentException($"shiftsPixels must be floating point of shape ({images.shape[0]}, 2), not " +
                $"{shiftsPixels.dtype} of shape ({string.Join(", ", shiftsPixels.shape)}).");

        using var scope = NewDisposeScope();
        var angles = anglesRadians.to(images.dtype, images.device);
        var (cos, sin) = (angles.cos(), angles.sin());
        var zero = zeros_like(cos);
        // The sampling grid is in half widths and half heights: on an oblong image a rotation mixes the two units.
        var aspect = (double)images.shape[2] / images.shape[3];
        var shifts = shiftsPixels?.to(images.dtype, images.device);
        var (halfWidths, halfHeights) = (Scalars.Of(2.0 / images.shape[3]), Scalars.Of(2.0 / images.shape[2]));
        var across = shifts is null ? zero : shifts.select(1, 0).mul(halfWidths);
        var down = shifts is null ? zero : shifts.select(1, 1).mul(halfHeights);
        var toInput =
            stack([cos, sin * Scalars.Of(aspect), across, -sin / Scalars.Of(aspect), cos, down], dim: 1).view(-1, 2, 3);
        var grid = nn.functional.affine_grid(toInput, images.shape, align_corners: false); // (b, h, w, 2)
        return scope.MoveToOuter(nn.functional.grid_sample(
            images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false));
    }
}
