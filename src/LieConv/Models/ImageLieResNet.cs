using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Models;

/// <summary>
/// A <see cref="LieResNet"/> on the pixels of images: a centred grid, without far corners, as points in the plane.
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class ImageLieResNet : nn.Module<Tensor, Draws, Tensor>
{
    /// <summary>Pixels at least this far from the centre are left out unless the options say otherwise, in grid units: the
    /// corners of a rotated digit.</summary>
    public const double CropRadius = 15;

    [ComponentName(Name = "net")] private readonly LieResNet _network;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="group">A group that acts on the plane.</param>
    /// <param name="options">The network's shape.</param>
    /// <param name="finder">Makes what finds neighbours in all blocks, as for <see cref="LieResNet"/>; null for the
    /// options.</param>
    /// <exception cref="ArgumentException">If the options are out of range or the group does not act on the
    /// plane.</exception>
    public ImageLieResNet(LieGroup group, ImageLieResNetOptions options, Func<LieGroup, NeighbourFinder>? finder = null)
        : base(nameof(ImageLieResNet))
    {
        Guard.IsValid(options.Validate(), nameof(options));
        if (group.PointDim != 2)
            throw new ArgumentException(
                $"{group} acts on {group.PointDim}-dimensional points; " +
                "expected a group on the plane, such as T2 or SE2.");
        Options = options;
        _network = new LieResNet(group, options.ToLieResNet(), finder);
        RegisterComponents();
    }

    /// <summary>The network's shape.</summary>
    public ImageLieResNetOptions Options { get; }

    /// <summary>The network on the pixels.</summary>
    public LieResNet Network => _network;

    /// <summary>Classifies images.</summary>
    /// <param name="images">Shape (b, c, h, w).</param>
    /// <param name="draws">Source of lifts, subsamples and neighbours.</param>
    /// <returns>Logits, shape (b, outputs).</returns>
    public override Tensor forward(Tensor images, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(_network.call(ToPoints(images), draws));
    }

    /// <summary>The images as points with values: what the network on the pixels reads.</summary>
    /// <param name="images">Shape (b, c, h, w).</param>
    /// <returns>Coordinates (1, n, 2), or (b, n, 2) without shared geometry, and values (b, n, c).</returns>
    public PointSet ToPoints(Tensor images)
    {
        Guard.IsFloating(images, nameof(images));
        Guard.HasShape(
            images, nameof(images), "(b, c, h, w)", null, Options.InputChannels, Options.Height, Options.Width);
        using var scope = NewDisposeScope();
        var (coordinates, pixels) = Grid(images.dtype, images.device);
        var values = images.flatten(2).index_select(2, pixels).transpose(1, 2);                          // (b, n, c)
        if (!Options.SharedGeometry) coordinates = coordinates.expand(images.shape[0], -1, -1);
        return new PointSet(scope.MoveToOuter(coordinates), scope.MoveToOuter(values));
    }

    /// <summary>The pixels inside the crop: coordinates (1, n, 2), and which they are of h·w (n).</summary>
    public (Tensor Coordinates, Tensor Pixels) Grid(ScalarType dtype, Device device)
    {
        var (h, w, radius) = (Options.Height, Options.Width, Options.CropRadius);
        var (inside, coordinates) = (new List<long>(h * w), new List<double>(2 * h * w));
        for (var row = 0; row < h; row++)
            for (var column = 0; column < w; column++)
            {
                var (y, x) = (Spread(row, h), Spread(column, w));
                if (radius > 0 && double.Hypot(y, x) >= radius) continue;
                inside.Add((long)row * w + column);
                coordinates.AddRange([y, x]);
            }
        return (tensor(coordinates.ToArray(), [1, inside.Count, 2], dtype: dtype, device: device),
            tensor(inside.ToArray(), dtype: ScalarType.Int64, device: device));
    }

    /// <summary>Position i of the size's equal steps from -size/2 to size/2; a single one lies at -1/2, as linspace has
    /// it.</summary>
    internal static double Spread(int i, int size) => size == 1 ? -0.5 : -size / 2.0 + i * (size / (size - 1.0));
}
