using LieConv.Benchmarks.Arithmetic;
using LieConv.Benchmarks.Reference;
using LieConv.Benchmarks.Workloads;
using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Models;
using LieConv.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>A RotMNIST network at the sizes of the original's README on random images: batch 25, float32.</summary>
internal sealed class ImageTraining : IDisposable
{
    /// <summary>Images in a batch.</summary>
    public const int Batch = 25;

    private readonly ImageLieResNet _network;
    private readonly Lazy<ReferenceNetwork> _reference;
    private readonly Adam _optimizer;
    private readonly Generator _generator = new(1);
    private readonly Tensor _images, _labels;

    /// <summary>Creates the network, with two lifts where a group has a stabilizer.</summary>
    /// <param name="group">The group's name.</param>
    /// <param name="products">What large products are computed in.</param>
    public ImageTraining(string group, ProductPrecision products = ProductPrecision.Full)
    {
        random.manual_seed(1);
        Group = LieGroups.Parse(group);
        _network = new ImageLieResNet(Group, new ImageLieResNetOptions
        {
            Block = new() { LiftSamples = Group.HasStabilizer ? 2 : 1, Products = products },
        });
        _reference = new(() => new ReferenceNetwork(_network.Network, keepsGeometry: true));
        _optimizer = optim.Adam(_network.parameters(), 3e-3);
        (_images, _labels) = (randn(Batch, 1, 28, 28), randint(0, 10, [Batch], ScalarType.Int64));
    }

    /// <summary>The group.</summary>
    public LieGroup Group { get; }

    /// <summary>The network.</summary>
    public ImageLieResNet Network => _network;

    /// <summary>The images (b, 1, h, w).</summary>
    public Tensor Images => _images;

    /// <summary>The essential arithmetic of a forward pass of the batch, whose images share one geometry.</summary>
    public OperationCount Count
    {
        get
        {
            using var scope = NewDisposeScope();
            var points = _network.ToPoints(_images).Coordinates.shape[1];
            return NetworkArithmetic.Count(_network.Network.Options, Group.RelativeDim, points, 1, Batch);
        }
    }

    /// <summary>One optimiser step.</summary>
    public void Train() => Train(Side.Ours);

    /// <summary>One optimiser step of a side.</summary>
    public void Train(Side side)
    {
        using var scope = NewDisposeScope();
        SetTraining(true, side);
        _optimizer.zero_grad();
        nn.functional.cross_entropy(Classify(side), _labels).backward();
        _optimizer.step();
    }

    /// <summary>One forward pass without derivatives.</summary>
    public void Evaluate() => Evaluate(Side.Ours);

    /// <summary>One forward pass of a side without derivatives.</summary>
    public void Evaluate(Side side)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        SetTraining(false, side);
        Classify(side);
    }

    /// <summary>The optimiser's step alone, on the gradients of the last training step.</summary>
    public void Optimize() => _optimizer.step();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_reference.IsValueCreated) _reference.Value.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
        _generator.Dispose();
        _images.Dispose();
        _labels.Dispose();
    }

    private void SetTraining(bool training, Side side)
    {
        if (side == Side.Reference) _reference.Value.Training = training;
        else _network.train(training);
    }

    private Tensor Classify(Side side)
    {
        var draws = new GeneratorDraws(_generator);
        if (side == Side.Ours) return _network.call(_images, draws);
        var points = _network.ToPoints(_images);
        var repeated = points with { Coordinates = points.Coordinates.repeat(Batch, 1, 1) };
        return _reference.Value.Apply(repeated, draws);
    }
}
