namespace LieConv.Datasets.Points.Superpixels;

/// <summary>
/// Superpixels by simple linear iterative clustering (Achanta, Shaji, Smith, Lucchi, Fua and Süsstrunk, "SLIC
/// superpixels compared to state-of-the-art superpixel methods", IEEE TPAMI 34, 2012): k-means from a regular grid of
/// centres, in which a centre takes only pixels within two grid steps, and the squared distance is
/// (distance / step)^2 + (difference of intensity / compactness)^2. The parts of a segment that are not connected
/// become segments of their own; then, while there are more than asked for, the two neighbours are joined whose union
/// adds least to the sum of squared distances (Ward, J. Am. Stat. Assoc. 58, 1963). The paper joins small parts with
/// any neighbour; by the sum a small part that differs from all round it, a thin end of a stroke, stays. Sums are of
/// whole numbers, so that a picture gives the same segments on every machine. Serves one thread: it keeps its memory
/// from picture to picture.
/// </summary>
public sealed class Slic
{
    private readonly int _width;
    private readonly int _height;
    private readonly SlicOptions _options;
    private readonly SlicClusters _clusters;
    private readonly SegmentJoiner _joiner;

    /// <summary>Prepares for pictures of one size.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="options">How to cut.</param>
    /// <exception cref="ArgumentException">An option or size is wrong.</exception>
    public Slic(int width, int height, SlicOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors));
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, 1 << 24);
        (_width, _height, _options) = (width, height, options);
        _clusters = new SlicClusters(width, height, options);
        _joiner = new SegmentJoiner(width, height, options.Compactness, _clusters.Step);
    }

    /// <summary>Cuts a picture.</summary>
    /// <param name="pixels">Grey values from 0 (black) to 255, row by row.</param>
    /// <exception cref="ArgumentException">The picture is not of the size prepared for.</exception>
    public Segmentation Cut(ReadOnlySpan<byte> pixels)
    {
        if (pixels.Length != _width * _height)
            throw new ArgumentException($"pixels must be {_width} x {_height} = {_width * _height} bytes, " +
                $"not {pixels.Length}.", nameof(pixels));
        var labels = new int[pixels.Length];
        _clusters.Assign(pixels, labels);
        return new Segmentation(labels, _joiner.Join(pixels, labels, _options.Segments));
    }
}
