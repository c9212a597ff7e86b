using LieConv.Groups;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Docs.Snippets;

/// <summary>The code of docs/attention.md, compiled and run.</summary>
[Collection("Serial")]
public sealed class AttentionSnippets
{
    [Fact]
    public void Transformer_OfTurnedPoints_SaysTheSame()
    {
        using var all = NewDisposeScope();
        random.manual_seed(1);
        using var network = new LieTransformer(new SE2(), LieTransformer.Usual with
        {
            Inputs = 3, Outputs = 1, Layers = 2, Channels = [32],
            Block = LieTransformer.Usual.Block with
            {
                Frames = FrameChoice.Weighted,
                Attention = new() { Heads = 4, Normalization = AttentionNormalization.Mean },
            },
        });
        network.eval();
        var (points, values) = (randn(1, 8, 2), randn(1, 8, 3));
        var turned = stack([-points.select(-1, 1) + 3, points.select(-1, 0) - 1], -1);
        var (first, second) = (Said(points), Said(turned));
        Assert.Equal(first, second, 1e-5);
        Assert.NotEqual(first, Said(points * 1.1), 1e-5);

        float Said(Tensor of) => network.call(new PointSet(of, values), NoDraws.Instance).item<float>();
    }
}
