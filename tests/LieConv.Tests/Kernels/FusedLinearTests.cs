using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

[Collection("Serial")]
public sealed class FusedLinearTests
{
    [Theory]
    [InlineData(4096, 128, 32)]
    [InlineData(5001, 38, 152)]
    [InlineData(5000, 1, 7)]
    [InlineData(4500, 101, 404)]
    public void Apply_AnySizes_AgreesWithDoublePrecisionAsWellAsLibtorch(int rows, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Operands(rows, inputs, outputs);
        Assert.SkipUnless(FusedLinear.Supports(x, weight), "This machine has no vectors with fused multiply-adds.");
        var cotangent = randn(rows, outputs);
        var exact = Results(
            nn.functional.linear(Double(x), Double(weight), Double(bias)), Double(cotangent));
        var fused = Results(FusedLinear.Apply(x, weight, bias), cotangent);
        foreach (var (right, ours) in exact.Zip(fused)) AssertClose(right, ours);
        Assert.Throws<Xunit.Sdk.TrueException>(() => AssertClose(exact[1] * 1.001, fused[1]));

        Tensor[] Results(Tensor y, Tensor seed) =>
            [y, .. autograd.grad([(y * seed).sum()], [x, weight, bias], retain_graph: true)];
    }

    [Fact]
    public void Backward_AnyNumberOfThreads_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Operands(5000, 60, 20);
        Assert.SkipUnless(FusedLinear.Supports(x, weight), "This machine has no vectors with fused multiply-adds.");
        var threads = get_num_threads();
        try
        {
            var (one, three) = (Gradients(1), Gradients(3));
            foreach (var (left, right) in one.Zip(three)) Assert.True(left.equal(right).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }

        IList<Tensor> Gradients(int count)
        {
            set_num_threads(count);
            return autograd.grad([FusedLinear.Apply(x, weight, bias).square().sum()], [x, weight, bias]);
        }
    }

    [Fact]
    public void Gradient_OfGradient_IsThatOfLibtorch()
    {
        using var scope = NewDisposeScope();
        var (x, weight, bias) = Operands(4096, 5, 4);
        var ours = Second(FusedLinear.Apply(x, weight, bias));
        var right = Second(nn.functional.linear(x, weight, bias));
        foreach (var (expected, actual) in right.Zip(ours)) AssertClose(expected, actual);

        IList<Tensor> Second(Tensor y)
        {
            var first = autograd.grad(
                [y.pow(3).sum()], [x, weight, bias], create_graph: true, retain_graph: true);
            return autograd.grad([first[0].square().sum() + first[1].square().sum()], [x, weight, bias]);
        }
    }

    private static Tensor Double(Tensor tensor) => tensor.to(ScalarType.Float64);

    private static (Tensor X, Tensor Weight, Tensor Bias) Operands(int rows, int inputs, int outputs)
    {
        using var generator = new Generator(9);
        Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float32, generator: generator);
        return (
            Normal(rows, inputs).requires_grad_(), Normal(outputs, inputs).requires_grad_(),
            Normal(outputs).requires_grad_());
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        var right = Double(expected);
        var error = ((right - Double(actual)).abs().max() / right.abs().max()).item<double>();
        Assert.True(error < 1e-5, $"relative error {error}");
    }
}
