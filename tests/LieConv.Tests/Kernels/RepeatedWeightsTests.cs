using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

/// <summary>
/// Layers that a graph passes through twice, as those of a Hamiltonian along a rollout: gradients that are to be
/// differentiated again must not count the first passage at the second.
/// </summary>
[Collection("Serial")]
public sealed class RepeatedWeightsTests
{
    [Fact]
    public void Linear_TwiceInAGraph_HasTheGradientsOfLibtorch()
    {
        using var scope = NewDisposeScope();
        Tensor[] operands = [Normal(4100, 24), Normal(24, 24), Normal(24)];
        Assert.SkipUnless(FusedLinear.Supports(operands[0], operands[1]), "This machine has no such vectors.");
        AssertSame(
            operands, x => nn.functional.linear(x, operands[1], operands[2]),
            x => FusedLinear.Apply(x, operands[1], operands[2]));
    }

    [Fact]
    public void Product_TwiceInAGraph_HasTheGradientsOfLibtorch()
    {
        using var scope = NewDisposeScope();
        Tensor[] operands = [Normal(50, 40), Normal(40, 40)];
        AssertSame(
            operands, x => x.mm(operands[1].t()), x => MatrixProduct.Apply(new Factor(x), new Factor(operands[1], true)));
    }

    [Fact]
    public void Norm_TwiceInAGraph_HasTheGradientsOfPlainOperations()
    {
        using var scope = NewDisposeScope();
        Tensor[] operands = [Normal(30, 16), Normal(16), Normal(16)];
        var call = new NormCall(1e-5, Activation.Relu, true, 30);
        AssertSame(
            operands,
            x =>
            {
                var (mean, variance) = PlainNorm.Statistics(x, null);
                return PlainNorm.Apply(x, null, operands[1], operands[2], mean, variance, call);
            },
            x =>
            {
                var (mean, variance) = FusedNorm.Statistics(x, null, 30);
                return FusedNorm.Apply(x, null, operands[1], operands[2], mean, variance, call);
            });
    }

    [Fact]
    public void Convolution_TwiceInAGraph_HasTheGradientsOfPlainOperations()
    {
        using var scope = NewDisposeScope();
        Tensor[] operands = [Normal(1, 9, 5, 4), Normal(1, 9, 3, 16), Normal(4, 64), Normal(4)];
        Assert.SkipUnless(
            FusedConvolution.Supports(operands[0], operands[1], operands[2]), "This machine has no such vectors.");
        var indices = arange(27).remainder(9).view(1, 9, 3);
        AssertSame(
            operands,
            x => ConvolutionPaths.Plain(x, operands[1], indices, operands[2], operands[3], null),
            x => FusedConvolution.Apply(x, operands[1], indices, operands[2], operands[3], null));
    }

    private static void AssertSame(Tensor[] operands, Func<Tensor, Tensor> plain, Func<Tensor, Tensor> fused)
    {
        foreach (var operand in operands) operand.requires_grad_();
        var errors = Gradients(plain).Zip(
            Gradients(fused), (right, ours) => ((right - ours).abs().max() / right.abs().max()).item<float>()).ToList();
        Assert.True(errors.Max() < 1e-4, $"relative errors {string.Join(", ", errors)}");

        IList<Tensor> Gradients(Func<Tensor, Tensor> layer)
        {
            var first = autograd.grad(
                [layer(layer(operands[0])).square().sum()], operands, create_graph: true, retain_graph: true);
            return [.. first, .. autograd.grad([first[0].square().sum() + first[1].square().sum()], operands[..2])];
        }
    }

    private static Tensor Normal(params long[] shape)
    {
        using var generator = new Generator((ulong)shape.Sum());
        return randn(shape, dtype: ScalarType.Float32, generator: generator) / 4;
    }
}
