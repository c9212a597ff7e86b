using System.Runtime.InteropServices;
using LieConv.Kernels;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Tests.Docs.Snippets;

/// <summary>The fused operation of docs/extending.md, compiled and compared with plain operations.</summary>
public sealed class OperationSnippets
{
    [Theory]
    [InlineData(true), InlineData(false)]
    public void Operation_AndItsDerivatives_AreThoseOfPlainOperations(bool isWeighted)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var x = randn([4, 7], generator: generator).requires_grad_();
        var weight = isWeighted ? rand([7], generator: generator) : null;
        var right = Derivatives(weight is null ? x.square().sum(-1) : (x.square() * weight).sum(-1));
        var ours = Derivatives(SquaredLengths.Apply(x, weight));
        foreach (var (expected, actual) in right.Zip(ours))
            Assert.InRange(((expected - actual).abs().max() / expected.abs().max()).item<float>(), 0, 1e-5f);

        List<Tensor> Derivatives(Tensor y)
        {
            var first = autograd.grad([y.pow(2).sum()], [x], create_graph: true, retain_graph: true)[0];
            return [y, first, autograd.grad([first.square().sum()], [x], retain_graph: true)[0], EndOfGraph(y)];
        }

        Tensor EndOfGraph(Tensor y) => autograd.grad([y.sum()], [x])[0];
    }

    [Fact]
    public void Operation_WithoutGradients_KeepsNothing()
    {
        using var scope = NewDisposeScope();
        Assert.False(SquaredLengths.Apply(randn(4, 7), null).requires_grad);
        using var off = no_grad();
        Assert.False(SquaredLengths.Apply(randn(4, 7).requires_grad_(), null).requires_grad);
    }

    /// <summary>The operands of <see cref="SquaredLengths"/>.</summary>
    /// <param name="X">Shape (n, c).</param>
    /// <param name="Weight">Factors without derivative (c); null for 1.</param>
    internal readonly record struct Rows(Tensor X, Tensor? Weight);

    /// <summary>Σ_c w_c x_c² of each row, in one pass over memory.</summary>
    internal sealed class SquaredLengths : FusedOperation<SquaredLengths, Rows>
    {
        /// <summary>The lengths, shape (n).</summary>
        public static Tensor Apply(Tensor x, Tensor? weight) => Run(new(x, weight));

        protected override OperandTensors Tensors(Rows on) => new(Inputs: [on.X], Weights: [], Constants: [on.Weight]);

        protected override Rows With(Rows on, Tensor?[] tensors) => new(tensors[0]!, tensors[1]);

        protected override Tensor Plain(Rows on) =>
            (on.Weight is null ? on.X.square() : on.X.square() * on.Weight).sum(-1);

        protected override Tensor Fast(Rows on)
        {
            var (x, weight) = (on.X.contiguous(), on.Weight?.contiguous());
            var (n, c, result) = ((int)x.shape[0], (int)x.shape[1], zeros(x.shape[0]));
            Span<float> from = Numbers(x), factors = weight is null ? [] : Numbers(weight), to = Numbers(result);
            for (var i = 0; i < n * c; i++) to[i / c] += from[i] * from[i] * (weight is null ? 1 : factors[i % c]);
            return result;
        }

        protected override Tensor?[] FastGradients(Rows on, Tensor gradient)
        {
            var twice = on.X * gradient.unsqueeze(-1) * Scalars.Of(2);
            return [on.Weight is null ? twice : twice * on.Weight];
        }

        private static Span<float> Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
    }
}
