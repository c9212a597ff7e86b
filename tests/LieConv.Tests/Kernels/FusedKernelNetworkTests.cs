using LieConv.Kernels;
using LieConv.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

[Collection("Serial")]
public sealed class FusedKernelNetworkTests
{
    private const string NoVectors = "This machine has no 512-bit vectors.";

    public static TheoryData<Activation, bool, bool, bool, int> Cases
    {
        get
        {
            var cases = new TheoryData<Activation, bool, bool, bool, int>();
            foreach (var activation in new[] { Activation.Swish, Activation.Relu })
                foreach (var (norm, training) in new[] { (false, true), (true, true), (true, false) })
                    foreach (var masked in new[] { true, false })
                        foreach (var inputs in new[] { 1, 3, 6, 12 })
                            cases.Add(activation, norm, training, masked, inputs);
            return cases;
        }
    }

    /// <summary>Against float64, the fused path errs hardly more than plain operations in float32.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_AnyCase_IsAsCloseToFloat64AsPlainOperations(
        Activation activation, bool norm, bool training, bool masked, int inputs)
    {
        using var scope = NewDisposeScope();
        var on = new Operands(activation, norm, training, masked, inputs, [3, 61, 7]);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        AssertAsCloseAsPlain(on);
    }

    /// <summary>More pairs than one chunk, with an odd rest, and a mean that would cancel in E[x²] - E[x]².</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forward_SeveralChunksFarFromZero_IsAsCloseToFloat64AsPlainOperations(bool masked)
    {
        using var scope = NewDisposeScope();
        var on = new Operands(Activation.Swish, true, true, masked, 6, [1, 131, 25], shift: 30);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        AssertAsCloseAsPlain(on);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(7, true)]
    public void Forward_FewValidPairs_AgreesWithPlainOperations(int valid, bool training)
    {
        using var scope = NewDisposeScope();
        var on = new Operands(Activation.Swish, true, training, true, 3, [1, 5, 3]);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        on.Mask!.fill_(false);
        for (var i = 0; i < valid; i++) on.Mask[0, i % 5, i / 5] = tensor(true);
        AssertAsCloseAsPlain(on);
    }

    /// <summary>Two pairs are normalised to 1 and -1 whatever they are: no gradient goes through. What is left of terms
    /// that cancel is their rounding, of which plain operations, whose two terms mirror each other, leave less.</summary>
    [Fact]
    public void Forward_TwoValidPairs_HasGradientsOfTheLastNormAlone()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(Activation.Swish, true, true, true, 3, [1, 5, 3]);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        on.Mask!.fill_(false);
        for (var i = 0; i < 2; i++) on.Mask[0, 2 + i, 1] = tensor(true);
        var exact = on.Evaluate(on.Network().to(ScalarType.Float64), on.Relative.to(ScalarType.Float64), plain: true);
        var fused = on.Evaluate(on.Network(), on.Relative, plain: false);
        for (var i = 0; i < exact.Length; i++)
            Assert.InRange(Largest(exact[i] - fused[i]) / Math.Max(Largest(exact[i]), 1), 0, 1e-3);
        Assert.Contains(exact[7..], gradient => Largest(gradient) > 0.1);
        Assert.InRange(Largest(exact[7]), 0, 1e-9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Forward_PaddingHoldsNaN_IsAsWithoutIt(bool norm)
    {
        using var scope = NewDisposeScope();
        var on = new Operands(Activation.Swish, norm, true, true, 6, [2, 61, 7]);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        var clean = on.Evaluate(on.Network(), on.Relative, plain: false);
        var padding = on.Mask!.logical_not().unsqueeze(-1);
        var dirty = on.Evaluate(
            on.Network(), on.Relative.detach().masked_fill(padding, float.NaN).requires_grad_(), plain: false);
        foreach (var (expected, actual) in clean.Zip(dirty)) Assert.True(expected.eq(actual).all().item<bool>());
    }

    [Fact]
    public void Forward_NoPairsOrNoInputs_TakesThePlainPath()
    {
        using var scope = NewDisposeScope();
        Assert.False(FusedKernelNetwork.Supports(zeros(1, 0, 3, 6)));
        Assert.False(FusedKernelNetwork.Supports(zeros(1, 4, 3, 0)));
        Assert.False(FusedKernelNetwork.Supports(zeros([1, 4, 3, 2], dtype: ScalarType.Float64)));
        var network = new KernelNetwork(6, batchNorm: true, Activation.Swish);
        Assert.Equal([1, 0, 3, 16], network.call(zeros(1, 0, 3, 6), null).shape);
    }

    /// <summary>A negative control: the comparison sees one coordinate of one pair.</summary>
    [Fact]
    public void Forward_OtherCoordinate_Differs()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(Activation.Swish, true, true, false, 6, [1, 131, 25]);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        var wrong = on.Relative.detach().clone();
        wrong[0, 130, 24, 5] += 1;
        var expected = on.Evaluate(on.Network(), on.Relative, plain: true);
        var actual = on.Evaluate(on.Network(), wrong.requires_grad_(), plain: false);
        Assert.All(expected.Zip(actual).Take(1), pair => Assert.True(Error(pair.First, pair.Second) > 1e-3));
        // The gradients of biases in front of a norm are 0 but for rounding, of any size.
        var gradients = expected.Zip(actual).Skip(7).Where(pair => Largest(pair.First) > 1e-3).ToArray();
        Assert.True(gradients.Length >= 10);
        Assert.All(gradients, pair => Assert.True(Largest(pair.First - pair.Second) > 1e-5));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Backward_AnyNumberOfThreads_GivesTheSameBits(bool norm)
    {
        using var scope = NewDisposeScope();
        var on = new Operands(Activation.Swish, norm, true, true, 6, [1, 401, 25]);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        var threads = get_num_threads();
        try
        {
            var runs = new List<Tensor[]>();
            foreach (var count in new[] { 1, 2, 5 })
            {
                set_num_threads(count);
                runs.Add(on.Evaluate(on.Network(), on.Relative, plain: false));
            }
            foreach (var run in runs.Skip(1))
                foreach (var (first, other) in runs[0].Zip(run)) Assert.True(first.eq(other).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Backward_CreateGraph_GivesThePlainSecondDerivatives(bool norm, bool training)
    {
        using var scope = NewDisposeScope();
        var on = new Operands(Activation.Swish, norm, training, true, 3, [2, 11, 5]);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        Tensor[] Second(bool plain)
        {
            var network = on.Network();
            var result = plain ? network.Plain(on.Relative, on.Mask) : network.Fused(on.Relative, on.Mask);
            var first = autograd.grad(
                [(result * on.Cotangent).sum()], [on.Relative], retain_graph: true, create_graph: true)[0];
            return [first.detach(), .. autograd.grad(
                [first.square().sum()], [on.Relative, network.get_parameter("linears.1.weight")!], retain_graph: true)];
        }

        foreach (var (expected, actual) in Second(plain: true).Zip(Second(plain: false)))
            Assert.True(Error(expected, actual) < 2e-5);
    }

    /// <summary>More pairs than it pays to keep values for: they are formed anew.</summary>
    [Fact]
    public void Apply_NothingKept_AgreesWithKeptValues()
    {
        using var scope = NewDisposeScope();
        var on = new Operands(Activation.Swish, true, true, true, 6, [1, 131, 25]);
        Assert.SkipUnless(FusedKernelNetwork.Supports(on.Relative), NoVectors);
        Tensor[] parameters = [.. on.Network().Parameters()];
        Tensor[] Evaluate(int mostPairsToKeep)
        {
            var call = new KernelCall(Activation.Swish, true, true, on.Mask!.sum().item<long>())
            {
                MostPairsToKeep = mostPairsToKeep,
            };
            var (mean, variance) = (empty(KernelCall.AllUnits), empty(KernelCall.AllUnits));
            var result = FusedKernelNetwork.Apply(on.Relative, on.Mask, parameters, mean, variance, call);
            var gradients = autograd.grad([(result * on.Cotangent).sum()], [on.Relative, .. parameters]);
            return [result.detach(), mean, variance, .. gradients];
        }

        foreach (var (kept, anew) in Evaluate(int.MaxValue).Zip(Evaluate(0))) Assert.True(Error(kept, anew) < 5e-6);
    }

    private static void AssertAsCloseAsPlain(Operands on)
    {
        var exact = on.Evaluate(on.Network().to(ScalarType.Float64), on.Relative.to(ScalarType.Float64), plain: true);
        var plain = on.Evaluate(on.Network(), on.Relative, plain: true);
        var fused = on.Evaluate(on.Network(), on.Relative, plain: false);
        for (var i = 0; i < exact.Length; i++)
        {
            Assert.Equal(exact[i].shape, fused[i].shape);
            var (ours, theirs) = (Error(exact[i], fused[i]), Error(exact[i], plain[i]));
            Assert.True(ours <= 3 * theirs + 2e-6, $"result {i} errs by {ours}; plain operations by {theirs}");
        }
    }

    /// <summary>The largest error, of the largest number; absolute where all are tiny.</summary>
    private static double Error(Tensor expected, Tensor actual) =>
        Largest(expected - actual) / Math.Max(Largest(expected), 1e-3);

    private static double Largest(Tensor tensor) => tensor.abs().max().to(ScalarType.Float64).item<double>();

    private sealed class Operands
    {
        private readonly Activation _activation;
        private readonly bool _norm, _training;
        private readonly int _inputs;

        public Operands(
            Activation activation, bool norm, bool training, bool masked, int inputs, long[] pairs, float shift = 0)
        {
            (_activation, _norm, _training, _inputs) = (activation, norm, training, inputs);
            using var generator = new Generator(5);
            Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float32, generator: generator);
            Relative = (Normal([.. pairs, inputs]) + shift).requires_grad_();
            Cotangent = Normal([.. pairs, KernelNetwork.Outputs]);
            Mask = masked ? Normal(pairs) > -0.5 : null;
        }

        public Tensor Relative { get; }
        public Tensor Cotangent { get; }
        public Tensor? Mask { get; }

        /// <summary>The same network each time, with norms that are not those of the start.</summary>
        public KernelNetwork Network()
        {
            var network = new KernelNetwork(_inputs, _norm, _activation);
            using var off = no_grad();
            using var generator = new Generator(7);
            foreach (var (_, parameter) in network.named_parameters())
                parameter.copy_(0.4 * randn(parameter.shape, dtype: ScalarType.Float32, generator: generator));
            foreach (var (name, buffer) in network.named_buffers())
                if (name.EndsWith("running_var", StringComparison.Ordinal)) buffer.add_(0.5);
                else buffer.add_(0.1);
            network.train(_training);
            return network;
        }

        /// <summary>Values, running statistics, and the gradients of the coordinates and of all parameters.</summary>
        public Tensor[] Evaluate(KernelNetwork network, Tensor relative, bool plain)
        {
            var result = plain ? network.Plain(relative, Mask) : network.Fused(relative, Mask);
            Tensor[] inputs = [relative, .. network.parameters()];
            var gradients = autograd.grad([(result * Cotangent.to(result.dtype)).sum()], inputs);
            return [result.detach(), .. network.buffers().Select(b => b.clone()), .. gradients];
        }
    }
}
