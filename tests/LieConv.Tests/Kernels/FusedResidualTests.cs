using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

[Collection("Serial")]
public sealed class FusedResidualTests
{
    [Theory]
    [InlineData(1, 30, 12, 5, 7, 9, true)]
    [InlineData(3, 11, 11, 2, 16, 16, false)]
    [InlineData(1, 40, 40, 1, 33, 50, false)]
    [InlineData(2, 9, 14, 3, 4, 4, true)]
    public void Apply_AnySizes_AgreesWithPlainPathAndItsGradients(
        int g, int n, int m, int r, int c, int outputs, bool picked)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var wide = randn([g, m, r, outputs], dtype: ScalarType.Float32, generator: generator).requires_grad_();
        var values = randn([g, n, r, c], dtype: ScalarType.Float32, generator: generator).requires_grad_();
        var picks = picked ? randint(0, n, [g, m], dtype: ScalarType.Int64, generator: generator) : null;
        var fused = FusedResidual.Apply(wide, values, picks);
        var plain = FusedResidual.Plain(wide, values, picks);
        Assert.True(fused.equal(plain).all().item<bool>());
        var ours = autograd.grad([fused.pow(3).sum()], [wide, values]);
        var right = autograd.grad([plain.pow(3).sum()], [wide, values]);
        foreach (var (expected, actual) in right.Zip(ours))
            Assert.True(expected.allclose(actual, 1e-5, 1e-5));
    }

    [Fact]
    public void Gradient_OfGradient_IsThatOfPlainPath()
    {
        using var scope = NewDisposeScope();
        var wide = randn(1, 5, 2, 8).requires_grad_();
        var values = randn(1, 9, 2, 6).requires_grad_();
        var picks = tensor(new long[] { 3, 3, 0, 8, 1 }).view(1, 5);
        var ours = Second(FusedResidual.Apply(wide, values, picks));
        var right = Second(FusedResidual.Plain(wide, values, picks));
        foreach (var (expected, actual) in right.Zip(ours)) Assert.True(expected.allclose(actual, 1e-4, 1e-4));

        IList<Tensor> Second(Tensor sum)
        {
            var first = autograd.grad(
                [sum.pow(3).sum()], [wide, values], create_graph: true, retain_graph: true);
            return autograd.grad([first[0].square().sum() + first[1].square().sum()], [wide, values]);
        }
    }

    [Fact]
    public void Apply_PickBeyondThePoints_SaysSo()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => FusedResidual.Apply(
            zeros(1, 1, 1, 4), zeros(1, 3, 1, 4), tensor(new long[] { 3 }).view(1, 1)));
        Assert.Contains("expected numbers from 0 to 2", error.Message, StringComparison.Ordinal);
    }
}
