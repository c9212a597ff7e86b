using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

[Collection("Serial")]
public sealed class FusedAggregationTests
{
    /// <summary>Sizes (g, n, m, k, r, c): many geometries, one, few and many items that share it.</summary>
    public static TheoryData<int, int, int, int, int, int> Sizes => new()
    {
        { 1, 300, 300, 25, 1, 40 },
        { 7, 29, 23, 11, 1, 19 },
        { 2, 40, 33, 5, 3, 8 },
        { 1, 30, 21, 9, 13, 7 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Apply_AnySizes_AgreesWithPlainPathInDoublePrecision(int g, int n, int m, int k, int r, int c)
    {
        using var scope = NewDisposeScope();
        var (values, kernel, indices) = Operands(g, n, m, k, r, c);
        Assert.SkipUnless(FusedAggregation.Supports(values, kernel), "This machine has no 512-bit vectors.");
        var fused = FusedAggregation.Apply(values, kernel, indices);
        var plain = Aggregation.OverNeighbours(values.to(ScalarType.Float64), kernel.to(ScalarType.Float64), indices);
        var cotangent = randn_like(fused);
        AssertClose(plain, fused);
        var ours = autograd.grad([(fused * cotangent).sum()], [values, kernel]);
        var expected = autograd.grad([(plain * cotangent).sum()], [values, kernel]);
        foreach (var (right, gradient) in expected.Zip(ours)) AssertClose(right, gradient);
        Assert.Throws<Xunit.Sdk.TrueException>(() => AssertClose(expected[0] * 1.001, ours[0]));
    }

    [Fact]
    public void Backward_AnyNumberOfThreads_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        var (values, kernel, indices) = Operands(1, 300, 280, 25, 1, 24);
        Assert.SkipUnless(FusedAggregation.Supports(values, kernel), "This machine has no 512-bit vectors.");
        var threads = get_num_threads();
        try
        {
            IList<Tensor> Gradients(int count)
            {
                set_num_threads(count);
                return autograd.grad(
                    [FusedAggregation.Apply(values, kernel, indices).square().sum()], [values, kernel]);
            }
            var (one, three) = (Gradients(1), Gradients(3));
            foreach (var (x, y) in one.Zip(three)) Assert.True(x.equal(y).all().item<bool>());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    [Fact]
    public void Gradient_OfGradient_IsThatOfPlainPath()
    {
        using var scope = NewDisposeScope();
        var (values, kernel, indices) = Operands(2, 20, 15, 6, 1, 5);
        Assert.SkipUnless(FusedAggregation.Supports(values, kernel), "This machine has no 512-bit vectors.");
        var fused = Second(FusedAggregation.Apply(values, kernel, indices));
        var plain = Second(Aggregation.OverNeighbours(values, kernel, indices));
        foreach (var (expected, actual) in plain.Zip(fused)) AssertClose(expected, actual);

        IList<Tensor> Second(Tensor sums)
        {
            var first = autograd.grad(
                [sums.pow(3).sum()], [values, kernel], create_graph: true, retain_graph: true);
            return autograd.grad([first[0].square().sum() + first[1].square().sum()], [values, kernel]);
        }
    }

    private static (Tensor Values, Tensor Kernel, Tensor Indices) Operands(int g, int n, int m, int k, int r, int c)
    {
        using var generator = new Generator(5);
        return (
            randn([g, n, r, c], dtype: ScalarType.Float32, generator: generator).requires_grad_(),
            randn([g, m, k, 16], dtype: ScalarType.Float32, generator: generator).requires_grad_(),
            randint(0, n, [g, m, k], dtype: ScalarType.Int64, generator: generator));
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        var right = expected.to(ScalarType.Float64);
        var error = ((right - actual.to(ScalarType.Float64)).abs().max() / right.abs().max()).item<double>();
        Assert.True(error < 1e-5, $"relative error {error}");
    }
}
