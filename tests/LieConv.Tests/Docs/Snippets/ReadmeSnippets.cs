using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Docs.Snippets;

/// <summary>The code of README.md, compiled and run.</summary>
public sealed class ReadmeSnippets
{
    [Fact]
    public void Network_OfTheReadme_Runs()
    {
        using var scope = NewDisposeScope();
        const ulong seed = 1;
        var (coordinates, values, mask) = (randn(2, 7, 3), randn(2, 7, 5), ones([2, 7], ScalarType.Bool));

        using var network = new LieResNet(
            LieGroups.Parse("SE3:0.2"),                            // the group, and the weight of rotations in its distance
            new LieResNetOptions
            {
                Inputs = 5, Outputs = 1, Channels = [64], Layers = 3, Block = new() { LiftSamples = 4 },
            });
        using var generator = new Generator(seed);

        var points = new PointSet(coordinates, values, mask);      // (b, n, 3), (b, n, 5), (b, n)
        var output = network.call(points, new GeneratorDraws(generator));                        // (b, 1)

        Assert.Equal([2, 1], output.shape);
        Assert.True(output.isfinite().all().item<bool>());
    }
}
