using LieConv.Datasets.Digits;
using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Training.Checkpoints;
using LieConv.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Digits;

/// <summary>
/// Measures how far the network of a configuration is from respecting a group, on the pixels of test digits: as it is
/// configured, and with all points as neighbours and none left out, where only rounding should remain.
/// </summary>
/// <remarks>
/// Pixels are moved off their grid a little. On the grid, every pixel has another one exactly opposite the centre, half
/// a turn away, where the logarithm jumps between π and -π: rounding would decide, and look like a broken symmetry.
/// </remarks>
public static class EquivarianceStudy
{
    /// <summary>How far a pixel is moved along each axis at most, in pixels.</summary>
    private const double Jitter = 0.1;

    private const string ModelPrefix = CheckpointStore.ModelPrefix + "net.";

    /// <summary>Measures in both precisions and both kinds of neighbourhood.</summary>
    /// <param name="config">The network and the data.</param>
    /// <param name="checkpoints">Where its trained parameters are; null for a network as it is initialised.</param>
    /// <param name="by">The group whose elements move the pixels; null for the network's own.</param>
    /// <param name="images">Test digits.</param>
    /// <param name="options">Elements, seed and spread.</param>
    /// <exception cref="ArgumentException">If the configuration, the groups or the options are wrong.</exception>
    /// <exception cref="InvalidDataException">If the checkpoint is damaged or belongs to another network.</exception>
    public static IReadOnlyList<EquivarianceRow> Measure(
        RotMnistConfig config, CheckpointStore? checkpoints, LieGroup? by, int images, EquivarianceOptions options)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (images < 1) throw new ArgumentException($"images is {images}; expected at least 1.");
        var group = RotMnistRun.Check(config);
        random.manual_seed((long)new SeedSequence(config.Train.Seed).SeedOf(RandomPurpose.Initialisation, 0));
        if (by is { PointDim: not 2 })
            throw new ArgumentException(
                $"{by} acts on {by.PointDim}-dimensional points; pixels are moved by a group on the plane, such as T2.");
        using var model = new ImageLieResNet(group, config.Model);
        if (checkpoints is not null) Load(checkpoints, model);
        using var data = RotMnist.Load(config.Data);
        using var scope = NewDisposeScope();
        var digits = MnistNormalization.Apply(data.Test.Images(Places(Math.Min(images, data.Test.Count))));
        var mover = by ?? group;
        var configured = model.Network.Options;
        var everything = configured with
        {
            Block = configured.Block with { Neighborhood = NeighborhoodKind.Everything }, DownsampleFraction = 1,
        };
        return
        [
            .. from shape in new[] { configured, everything }
               from dtype in new[] { ScalarType.Float32, ScalarType.Float64 }
               select new EquivarianceRow(
                   ReferenceEquals(shape, configured) ? "as configured" : "everything",
                   dtype == ScalarType.Float32 ? "float32" : "float64",
                   Measure(model, shape, mover, digits, dtype, options)),
        ];
    }

    private static EquivarianceError Measure(
        ImageLieResNet model, LieResNetOptions shape, LieGroup by, Tensor digits, ScalarType dtype,
        EquivarianceOptions options)
    {
        using var network = new LieResNet(model.Network.Group, shape);
        TensorTransfer.CopyAll(model.Network.state_dict(), network.state_dict(), "the network");
        network.to(dtype);
        network.eval();
        using var scope = NewDisposeScope();
        var (grid, pixels) = model.Grid(ScalarType.Float64, CPU);
        using var generator = new Generator(options.Seed);
        var offsets = rand(grid.shape, dtype: ScalarType.Float64, generator: generator) * Scalars.Of(2) - Scalars.Of(1);
        var coordinates = (grid + Scalars.Of(Jitter) * offsets).to(dtype);                                // (1, n, 2)
        var values = digits.to(dtype).flatten(2).index_select(2, pixels).transpose(1, 2);               // (b, n, c)
        return EquivarianceReport.Measure(by, network.call, new PointSet(coordinates, values), options);
    }

    private static void Load(CheckpointStore checkpoints, ImageLieResNet model)
    {
        var name = checkpoints.Preferred;
        using var contents = checkpoints.Read(name);
        var own = contents.Tensors.Where(pair => pair.Key.StartsWith(ModelPrefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[ModelPrefix.Length..], pair => pair.Value);
        if (own.Values.FirstOrDefault() is { } any) model.to(any.dtype);
        TensorTransfer.CopyAll(own, model.Network.state_dict(), name);
        model.to(ScalarType.Float32);
    }

    private static long[] Places(long count) => [.. Enumerable.Range(0, (int)count).Select(i => (long)i)];
}
