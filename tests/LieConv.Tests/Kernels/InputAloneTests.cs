using LieConv.Cpu;
using LieConv.Kernels;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

/// <summary>Gradients of an input alone, which leave out those of weights on the way, as Hamilton's equations ask.</summary>
[Collection("Serial")]
public sealed class InputAloneTests
{
    [Fact]
    public void Of_AnInput_SaysSoToFunctionsOfOurOwnAndToNoOneElse()
    {
        using var scope = NewDisposeScope();
        var x = ones(3).requires_grad_();
        Probe.Seen.Clear();
        Derivative.Compute(Probe.Apply(x).sum(), x, createGraph: true);
        Assert.False(Derivative.IsOfInputAlone);
        Probe.Apply(x).sum().backward();
        Assert.Equal([true, false], Probe.Seen);
    }

    [Fact]
    public void WhereRequired_InputAlone_LeavesOutWeights()
    {
        using var scope = NewDisposeScope();
        var (x, weights) = (ones(3).requires_grad_(), full([3], 2f).requires_grad_());
        Tensor?[] all = Gradients(), some = [];
        Probe.During = () => some = Gradients();
        Derivative.Compute(Probe.Apply(x).sum(), x, createGraph: true);
        Probe.During = null;
        Assert.All(all, gradient => Assert.NotNull(gradient));
        Assert.Equal([2, 2, 2], some[0]!.data<float>().ToArray());
        Assert.Null(some[1]);

        Tensor?[] Gradients() => Derivative.WhereRequired(at => at[0] * at[1], ones(3), [x], weights);
    }

    [Theory]
    [InlineData(nameof(FusedLinear))]
    [InlineData(nameof(MatrixProduct))]
    [InlineData(nameof(FusedConvolution))]
    public void Gradient_OfInputAlone_AndItsOwnGradients_AreThoseOfLibtorch(string operation)
    {
        using var scope = NewDisposeScope();
        Assert.SkipUnless(CpuKernels.AreFast, "This machine has no vectors with fused multiply-adds.");
        var (operands, plain, fused) = Case(operation);
        foreach (var operand in operands) operand.requires_grad_();
        foreach (var (right, ours) in Gradients(plain).Zip(Gradients(fused)))
            Assert.True(((right - ours).abs().max() / right.abs().max()).item<float>() < 1e-4);

        List<Tensor> Gradients(Func<Tensor, Tensor> layer)
        {
            var slope = Derivative.Compute(layer(layer(operands[0])).square().sum(), operands[0], createGraph: true);
            // A bias of a quadratic energy moves the slope as well.
            return [slope.detach(), .. autograd.grad([slope.square().sum()], operands)];
        }
    }

    private static (Tensor[] Operands, Func<Tensor, Tensor> Plain, Func<Tensor, Tensor> Fused) Case(string operation)
    {
        if (operation == nameof(FusedConvolution))
        {
            Tensor[] on = [Normal(1, 9, 5, 4), Normal(1, 9, 3, 16), Normal(4, 64), Normal(4)];
            var indices = arange(27).remainder(9).view(1, 9, 3);
            return (
                on, x => ConvolutionPaths.Plain(x, on[1], indices, on[2], on[3], null),
                x => FusedConvolution.Apply(x, on[1], indices, on[2], on[3], null));
        }
        Tensor[] operands = [Normal(1100, 24), Normal(24, 24), Normal(24)];
        Tensor Plain(Tensor x) => nn.functional.linear(x, operands[1], operands[2]);
        return operation == nameof(FusedLinear)
            ? (operands, Plain, x => FusedLinear.Apply(x, operands[1], operands[2]))
            : (operands, Plain, x => MatrixProduct.Linear(x, operands[1], operands[2]));
    }

    private static Tensor Normal(params long[] shape)
    {
        using var generator = new Generator((ulong)shape.Sum());
        return randn(shape, dtype: ScalarType.Float32, generator: generator) / 4;
    }

    /// <summary>x, which notes in its backward pass what it is told.</summary>
    private sealed class Probe : autograd.SingleTensorFunction<Probe>
    {
        public static List<bool> Seen { get; } = [];

        public static Action? During { get; set; }

        public override string Name => nameof(Probe);

        public static Tensor Apply(Tensor x) => apply(x);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
        {
            Seen.Add(Derivative.IsOfInputAlone);
            During?.Invoke();
            return [gradient.clone()];
        }
    }
}
