using LieConv.Groups;
using LieConv.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Benchmarks;

/// <summary>A RotMNIST network at the sizes of the original's README on random images: batch 25, float32.</summary>
internal sealed class ImageTraining : IDisposable
{
    /// <summary>Images in a batch.</summary>
    public const int Batch = 25;

    private readonly ImageLieResNet _network;
    private readonly Adam _optimizer;
    private readonly Generator _generator = new(1);
    private readonly Tensor _images, _labels;

    /// <summary>Creates the network, with two lifts where a group has a stabilizer.</summary>
    public ImageTraining(string group)
    {
        random.manual_seed(1);
        Group = LieGroups.Parse(group);
        _network = new ImageLieResNet(Group, new ImageLieResNetOptions { LiftSamples = Group.HasStabilizer ? 2 : 1 });
        _optimizer = optim.Adam(_network.parameters(), 3e-3);
        (_images, _labels) = (randn(Batch, 1, 28, 28), randint(0, 10, [Batch], ScalarType.Int64));
    }

    /// <summary>The group.</summary>
    public LieGroup Group { get; }

    /// <summary>One optimiser step.</summary>
    public void Train()
    {
        using var scope = NewDisposeScope();
        _network.train();
        _optimizer.zero_grad();
        nn.functional.cross_entropy(_network.call(_images, new GeneratorDraws(_generator)), _labels).backward();
        _optimizer.step();
    }

    /// <summary>One forward pass without derivatives.</summary>
    public void Evaluate()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        _network.eval();
        _network.call(_images, new GeneratorDraws(_generator));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
        _generator.Dispose();
        _images.Dispose();
        _labels.Dispose();
    }
}
