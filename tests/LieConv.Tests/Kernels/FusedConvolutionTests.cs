using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

[Collection("Serial")]
public sealed class FusedConvolutionTests
{
    private const string NoVectors = "This machine has no 512-bit vectors.";

    /// <summary>Sizes (g, n, m, k, r, c, outputs) that meet every tile: whole, partial, single; one and several
    /// geometries.</summary>
    public static TheoryData<int, int, int, int, int, int, int> Sizes => new()
    {
        { 1, 40, 21, 25, 25, 32, 38 },
        { 2, 17, 9, 5, 5, 3, 4 },
        { 1, 30, 30, 12, 13, 38, 46 },
        { 1, 5, 3, 2, 4, 83, 101 },
        { 3, 11, 8, 9, 7, 1, 1 },
        { 1, 20, 20, 1, 6, 17, 64 },
        { 1, 900, 700, 25, 1, 8, 12 },
        { 2, 300, 290, 9, 2, 5, 33 },
        { 5, 20, 20, 7, 3, 20, 8 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Apply_AnySizes_AgreesWithPlainPathAndItsGradients(int g, int n, int m, int k, int r, int c, int outputs)
    {
        using var scope = NewDisposeScope();
        var on = new Operands(g, n, m, k, r, c, outputs);
        Assert.SkipUnless(on.AreSupported, NoVectors);
        var fused = FusedConvolution.Apply(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale);
        var plain = ConvolutionPaths.Plain(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale);
        AssertClose(plain, fused);
        foreach (var (expected, actual) in on.Gradients(plain).Zip(on.Gradients(fused))) AssertClose(expected, actual);
    }

    [Fact]
    public void Apply_OtherNeighbour_Differs()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(1, 40, 21, 25, 25, 32, 38);
        Assert.SkipUnless(on.AreSupported, NoVectors);
        var wrong = on.Indices.clone();
        wrong[0, 20, 24] = (wrong[0, 20, 24] + 1) % 40;
        var fused = FusedConvolution.Apply(on.Values, on.Kernel, wrong, on.Weight, on.Bias, on.Scale);
        var plain = ConvolutionPaths.Plain(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale);
        Assert.Throws<Xunit.Sdk.TrueException>(() => AssertClose(plain, fused));
    }

    [Fact]
    public void Backward_AnyNumberOfThreads_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(1, 40, 33, 25, 25, 32, 38);
        Assert.SkipUnless(on.AreSupported, NoVectors);
        var threads = get_num_threads();
        try
        {
            var runs = new List<Tensor[]>();
            foreach (var count in new[] { 1, 2, 5 })
            {
                set_num_threads(count);
                runs.Add(on.Gradients(
                    FusedConvolution.Apply(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale)));
            }
            foreach (var run in runs.Skip(1))
                foreach (var (first, other) in runs[0].Zip(run))
                    Assert.True(first.eq(other).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Backward_CreateGraph_GivesThePlainSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(1, 9, 7, 4, 5, 3, 4);
        Assert.SkipUnless(on.AreSupported, NoVectors);
        Tensor[] Second(Tensor result)
        {
            var first = autograd.grad(
                [(result * on.Cotangent).sum()], [on.Values, on.Kernel], retain_graph: true, create_graph: true);
            var penalty = first[0].square().sum() + first[1].square().sum();
            return [.. autograd.grad([penalty], [on.Values, on.Kernel, on.Weight], retain_graph: true)];
        }

        var fused = Second(FusedConvolution.Apply(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale));
        var plain = Second(ConvolutionPaths.Plain(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale));
        foreach (var (expected, actual) in plain.Zip(fused)) AssertClose(expected, actual);
    }

    [Fact]
    public void Apply_WithoutScale_AgreesWithPlainPathAndItsGradients()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(1, 40, 21, 25, 9, 12, 7);
        Assert.SkipUnless(on.AreSupported, NoVectors);
        var fused = FusedConvolution.Apply(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, null);
        var plain = ConvolutionPaths.Plain(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, null);
        AssertClose(plain, fused);
        foreach (var (expected, actual) in on.Gradients(plain).Zip(on.Gradients(fused))) AssertClose(expected, actual);
    }

    /// <summary>The offsets of so many neighbours would overflow the stack of a thread.</summary>
    [Fact]
    public void Apply_VeryManyNeighbours_AgreesWithPlainPathAndItsGradients()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(1, 50, 2, 40_000, 4, 1, 2);
        Assert.SkipUnless(on.AreSupported, NoVectors);
        var fused = FusedConvolution.Apply(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale);
        var plain = ConvolutionPaths.Plain(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale);
        AssertClose(plain, fused, 1e-4f);
        foreach (var (expected, actual) in on.Gradients(plain).Zip(on.Gradients(fused)))
            AssertClose(expected, actual, 1e-4f);
    }

    /// <summary>Asking libtorch for the gradient of a frozen weight would end the process.</summary>
    [Fact]
    public void Backward_CreateGraphWithFrozenWeights_GivesThePlainSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(1, 9, 7, 4, 5, 3, 4);
        Assert.SkipUnless(on.AreSupported, NoVectors);
        var (kernel, weight, bias) = (on.Kernel.square(), on.Weight.detach(), on.Bias.detach());
        Tensor Second(Tensor result)
        {
            var first = autograd.grad(
                [(result * on.Cotangent).sum()], [on.Kernel], retain_graph: true, create_graph: true)[0];
            return autograd.grad([first.square().sum()], [on.Kernel], retain_graph: true)[0];
        }

        var values = on.Values.detach();
        AssertClose(
            Second(ConvolutionPaths.Plain(values, kernel, on.Indices, weight, bias, on.Scale)),
            Second(FusedConvolution.Apply(values, kernel, on.Indices, weight, bias, on.Scale)));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(9)]
    [InlineData(-1)]
    public void Apply_IndexOfNoPoint_IsOneSentence(long index)
    {
        using var scope = NewDisposeScope();
        var on = new Operands(1, 9, 7, 4, 5, 3, 4);
        Assert.SkipUnless(on.AreSupported, NoVectors);
        on.Indices[0, 6, 3] = tensor(index);
        var error = Assert.Throws<ArgumentException>(
            () => FusedConvolution.Apply(on.Values, on.Kernel, on.Indices, on.Weight, on.Bias, on.Scale));
        Assert.StartsWith($"The neighbourhood names the point {index}; expected numbers from 0 to 8.", error.Message);
    }

    private static void AssertClose(Tensor expected, Tensor actual, float tolerance = 5e-6f)
    {
        var error = (expected - actual).abs().max().item<float>() / expected.abs().max().item<float>();
        Assert.True(error < tolerance, $"relative error {error}");
    }

    private sealed class Operands
    {
        public Operands(int g, int n, int m, int k, int r, int c, int outputs)
        {
            using var generator = new Generator(5);
            Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float32, generator: generator);
            Values = Normal(g, n, r, c).requires_grad_();
            Kernel = Normal(g, m, k, 16).requires_grad_();
            Weight = (Normal(outputs, 16 * c) / 10).requires_grad_();
            Bias = Normal(outputs).requires_grad_();
            Scale = Normal(g, m).abs();
            Cotangent = Normal(g, m, r, outputs);
            Indices = randint(0, n, [g, m, k], dtype: ScalarType.Int64, generator: generator);
        }

        public Tensor Values { get; }
        public Tensor Kernel { get; }
        public Tensor Weight { get; }
        public Tensor Bias { get; }
        public Tensor Scale { get; }
        public Tensor Cotangent { get; }
        public Tensor Indices { get; }

        public bool AreSupported => FusedConvolution.Supports(Values, Kernel, Weight);

        public Tensor[] Gradients(Tensor result) =>
            [.. autograd.grad([(result * Cotangent).sum()], [Values, Kernel, Weight, Bias], retain_graph: true)];
    }
}
