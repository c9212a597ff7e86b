using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Layers;

/// <summary>Wrong sizes and types are sentences: the fused kernels read memory by them, and would read what is not
/// theirs.</summary>
[Trait("Category", "Faults")]
public sealed class LayerArgumentTests
{
    private static readonly LieConvOptions Options = new()
    {
        Block = new() { Neighborhood = NeighborhoodKind.Nearest, SampleCount = 3 },
    };

    [Fact]
    public void MaskedBatchNorm_WrongArguments_AreOneSentence()
    {
        using var scope = NewDisposeScope();
        using var norm = new MaskedBatchNorm(32, Activation.Swish);
        Fails("x of MaskedBatchNorm must have shape (..., 32), not (5, 48).", () => norm.call(ones(5, 48), null));
        Fails("x of MaskedBatchNorm must have shape (..., 32), not (5, 16).", () => norm.call(ones(5, 16), null));
        Fails("x has dtype Float64, but the module's parameters are Float32",
            () => norm.call(ones(5, 32, dtype: ScalarType.Float64), null));
        Fails("mask has shape (4); expected that of the rows, (5)", () => norm.call(ones(5, 32), ones(4) > 0));
        Fails("mask has shape (1, 3); expected that of the rows, (2, 3)",
            () => norm.call(ones(2, 3, 32), ones(1, 3) > 0));
        Fails("mask has dtype Float32; expected Bool.", () => norm.call(ones(5, 32), ones(5)));
        norm.to(ScalarType.Float64);
        Fails("x has dtype Float32, but the module's parameters are Float64", () => norm.call(ones(5, 32), null));
    }

    [Fact]
    public void KernelNetwork_WrongArguments_AreOneSentence()
    {
        using var scope = NewDisposeScope();
        using var kernel = new KernelNetwork(3, batchNorm: false, Activation.Swish);
        Fails("relative of KernelNetwork must have shape (..., 3), not (1, 2, 4, 2).",
            () => kernel.call(ones(1, 2, 4, 2), null));
        Fails("mask has shape (1, 2); expected that of the rows, (1, 2, 4)",
            () => kernel.call(ones(1, 2, 4, 3), ones(1, 2) > 0));
    }

    [Theory]
    [InlineData(1)]                             // the plain path
    [InlineData(6)]                             // the fused one, where it is supported
    public void LieConvLayer_WrongArguments_AreOneSentence(long items)
    {
        using var scope = NewDisposeScope();
        using var layer = new LieConvLayer(new Translation(2), 8, 5, Options);
        var elements = new LiftedElements(rand(1, 7, 2), null);
        var near = layer.Finder.Find(elements, null, elements, null, null, new GeneratorDraws(new Generator(1)));
        var values = ones(1, 7, items, 8);
        Assert.Equal([1L, 7, items, 5], layer.call(values, near).shape);
        Fails($"values has shape (1, 7, {items}, 4); expected (g, n, r, c) = (any, any, any, 8).",
            () => layer.call(ones(1, 7, items, 4), near));
        Fails("values has dtype Float64", () => layer.call(values.to(ScalarType.Float64), near));
        Fails("Relative has shape (1, 7, 3, 2); expected (g, m, k, d + 2q) = (2, any, any, 2).",
            () => layer.call(ones(2, 7, items, 8), near));
        Fails("Indices has shape (1, 7, 2); expected (g, m, k) = (1, 7, 3).",
            () => layer.call(
                values, new ChosenNeighborhood(near.Indices![.., .., ..2], near.Mask, near.Relative)));
        Fails("Indices has dtype Int32; expected Int64.",
            () => layer.call(values, new ChosenNeighborhood(
                near.Indices!.to(ScalarType.Int32), near.Mask, near.Relative)));
    }

    [Fact]
    public void LieConvLayer_FindNeighboursOfWrongShapes_IsOneSentence()
    {
        using var scope = NewDisposeScope();
        using var layer = new LieConvLayer(new SE2(), 8, 5, Options);
        var (three, two) = (new LiftedElements(ones(1, 7, 3), null), new LiftedElements(ones(1, 7, 2), null));
        var draws = new GeneratorDraws(new Generator(1));
        Fails("support has shape (1, 7, 2); expected (g, n, e) = (any, any, 3).",
            () => layer.Finder.Find(three, null, two, null, null, draws).Relative);
        Fails("The mask of queries has shape (1, 6); expected that of the rows, (1, 7)",
            () => layer.Finder.Find(three, ones(1, 6) > 0, three, null, null, draws).Relative);
        Fails("distances has shape (1, 7, 6); expected (g, m, n) = (1, 7, 7).",
            () => layer.Finder.Find(three, null, three, null, ones(1, 7, 6), draws).Relative);
    }

    [Fact]
    public void BottleneckBlock_WrongChannels_IsOneSentence()
    {
        using var scope = NewDisposeScope();
        using var block = new BottleneckBlock(new Translation(2), 16, 16, Options with
        {
            Block = Options.Block with { BatchNorm = false },
        });
        var points = new LiftedPoints(rand(1, 7, 2), null, ones(1, 7, 1, 12), null);
        Fails("Values has shape (1, 7, 1, 12); expected (g, n, r, c) = (any, any, any, 16).",
            () => block.call(points, new GeneratorDraws(new Generator(1))).Values);
    }

    [Fact]
    public void GlobalPooling_WrongArguments_AreOneSentence()
    {
        using var scope = NewDisposeScope();
        Fails("values has shape (2, 3, 4); expected (g, n, r, c)", () => GlobalPooling.Pool(ones(2, 3, 4), null, true));
        Fails("mask has shape (2, 4); expected that of the rows, (2, 3)",
            () => GlobalPooling.Pool(ones(2, 3, 1, 4), ones(2, 4) > 0, true));
    }

    [Fact]
    public void LieConvOptions_UnknownChoices_AreNamed()
    {
        var options = new LieConvOptions
        {
            Block = new() { Neighborhood = (NeighborhoodKind)7, Activation = (Activation)8 },
        };
        Assert.Equal(
            ["Neighborhood is 7; expected a named kind.", "Activation is 8; expected a named function."],
            options.Validate());
    }

    private static void Fails(string sentence, Func<Tensor> call) =>
        Assert.StartsWith(sentence, Assert.Throws<ArgumentException>(() => call()).Message);
}
