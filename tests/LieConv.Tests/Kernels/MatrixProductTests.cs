using LieConv.Cpu;
using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

[Collection("Serial")]
public sealed class MatrixProductTests
{
    public static MatrixTheoryData<bool, bool> Sides => new([false, true], [false, true]);

    public static MatrixTheoryData<int, int, int, bool, bool> Sizes =>
        new([1, 50, 401], [16, 30, 200, 399], [7, 300], [false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Run_AnySizesAndSides_AgreesWithDoublePrecision(
        int rows, int columns, int depth, bool turnA, bool turnB)
    {
        using var scope = NewDisposeScope();
        var (a, b) = Operands(rows, columns, depth, turnA, turnB);
        var exact = Double(turnA ? a.t() : a).mm(Double(turnB ? b.t() : b));
        var product = Run(a, turnA, b, turnB, threads: 2);
        AssertClose(exact, product);
        Assert.Throws<Xunit.Sdk.TrueException>(() => AssertClose(exact * 1.001, product));
    }

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Operands(500, 410, 600, turnA: false, turnB: true);
        var one = Run(a, false, b, true, threads: 1);
        foreach (var threads in new[] { 2, 3, 16 })
            Assert.True(one.equal(Run(a, false, b, true, threads)).all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Gradients_FirstAndSecond_AreThoseOfLibtorch(bool turnA, bool turnB)
    {
        using var scope = NewDisposeScope();
        var (a, b) = Operands(40, 50, 60, turnA, turnB);
        (a, b) = (a.requires_grad_(), b.requires_grad_());
        var (wideA, wideB) = (Double(a).detach().requires_grad_(), Double(b).detach().requires_grad_());
        var ours = Gradients(MatrixProduct.Apply(new Factor(a, turnA), new Factor(b, turnB)), a, b);
        var right = Gradients((turnA ? wideA.t() : wideA).mm(turnB ? wideB.t() : wideB), wideA, wideB);
        foreach (var (expected, actual) in right.Zip(ours)) AssertClose(expected, actual);

        static List<Tensor> Gradients(Tensor y, Tensor a, Tensor b)
        {
            var first = autograd.grad([y.pow(3).sum()], [a, b], create_graph: true, retain_graph: true);
            var second = autograd.grad([first[0].square().sum() + first[1].square().sum()], [a, b]);
            return [.. first, .. second];
        }
    }

    [Fact]
    public void Gradients_OneOperandAsks_OtherGetsNone()
    {
        using var scope = NewDisposeScope();
        var (a, b) = Operands(40, 50, 60, turnA: false, turnB: true);
        b = b.requires_grad_();
        MatrixProduct.Apply(new Factor(a), new Factor(b, true)).square().sum().backward();
        Assert.Null(a.grad);
        Assert.NotNull(b.grad);
    }

    [Theory]
    [InlineData(700, 640, 610)]
    [InlineData(1500, 384, 480)]
    public void Linear_WideLayers_AgreesWithDoublePrecision(int rows, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        var (x, weight) = Operands(rows, outputs, inputs, turnA: false, turnB: true);
        Assert.SkipUnless(CpuKernels.OutdoLibtorch, "libtorch's own products are faster on this machine.");
        Assert.True(MatrixProduct.Supports(x, weight));
        var bias = randn(outputs).requires_grad_();
        (x, weight) = (x.view(2, rows / 2, inputs).requires_grad_(), weight.requires_grad_());
        var y = Products.Linear(x, weight, bias);
        Assert.Equal([2, rows / 2, outputs], y.shape);
        var exact = nn.functional.linear(Double(x), Double(weight), Double(bias));
        AssertClose(exact, y);
        var cotangent = randn_like(y);
        var ours = autograd.grad([(y * cotangent).sum()], [x, weight, bias]);
        var right = autograd.grad([(exact * Double(cotangent)).sum()], [x, weight, bias]);
        foreach (var (expected, actual) in right.Zip(ours)) AssertClose(expected, actual);
    }

    [Fact]
    public void Supports_SmallOrDoublePrecision_LeftToLibtorch()
    {
        using var scope = NewDisposeScope();
        Assert.False(MatrixProduct.Supports(zeros(10, 6000), zeros(6000, 6000)));
        Assert.False(MatrixProduct.Supports(zeros(100, 40), zeros(40, 40)));
        Assert.False(MatrixProduct.Supports(
            zeros([1000, 400], ScalarType.Float64), zeros([400, 400], ScalarType.Float64)));
    }

    private static Tensor Run(Tensor a, bool turnA, Tensor b, bool turnB, int threads) =>
        MatrixProduct.Compute(new Factor(a, turnA), new Factor(b, turnB), new() { MaxDegreeOfParallelism = threads });

    private static (Tensor A, Tensor B) Operands(int rows, int columns, int depth, bool turnA, bool turnB)
    {
        using var generator = new Generator(5);
        Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float32, generator: generator);
        return (
            turnA ? Normal(depth, rows) : Normal(rows, depth), turnB ? Normal(columns, depth) : Normal(depth, columns));
    }

    private static Tensor Double(Tensor tensor) => tensor.to(ScalarType.Float64);

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        var error = ((expected - Double(actual)).abs().max() / expected.abs().max()).item<double>();
        Assert.True(error < 1e-5, $"relative error {error}");
    }
}
