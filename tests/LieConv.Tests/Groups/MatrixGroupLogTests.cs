using LieConv.Groups;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

public sealed class MatrixGroupLogTests
{
    /// <summary>Small motions in one batch with a translation of 1e4, against the closed form of SE(2): they took the
    /// far one's square roots and lost 3.5e-12, in single precision 4.6e-3.</summary>
    [Theory]
    [InlineData(ScalarType.Float64, 1e-15)]
    [InlineData(ScalarType.Float32, 2e-7)]
    public void Log_BesideAFarTranslation_KeepsTheDigitsOfSmallElements(ScalarType dtype, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (closed, group) = (new SE2(), MatrixGroupExamples.SE2());
        var small = randn([20, 3], dtype: ScalarType.Float64, generator: generator) * 0.1;
        var far = tensor(new[,] { { 0.2, 1e4, 3e3 }, { -1e-3, 5e3, 1e4 } });
        var matrices = closed.ToMatrix(closed.Exp(cat([small, far]))).to_type(dtype);
        var expected = closed.Log(closed.FromMatrix(matrices.to_type(ScalarType.Float64)));
        var actual = group.Log(group.FromMatrix(matrices)).to_type(ScalarType.Float64);
        var error = (actual - expected).abs();
        Assert.InRange(error.narrow(0, 0, 20).max().item<double>(), 0, tolerance);
        // Beside its own far translation the rotation is as good, and the translation relatively.
        Assert.InRange(error.narrow(0, 20, 2).select(1, 0).max().item<double>(), 0, tolerance);
        Assert.InRange(error.narrow(0, 20, 2).narrow(1, 1, 2).max().item<double>() / 1e4, 0, tolerance);
    }

    [Fact]
    public void Log_OfABatch_IsWhatEachElementGivesAlone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var group = MatrixGroupExamples.Sim2();
        var sizes = logspace(-5, 1, 20, dtype: ScalarType.Float64).reshape(-1, 1);
        var tangents = randn([20, 4], dtype: ScalarType.Float64, generator: generator) * sizes;
        tangents = cat([tangents.narrow(1, 0, 1).remainder(2), tangents.narrow(1, 1, 3)], 1);
        var elements = group.Exp(tangents);
        var all = group.Log(elements);
        for (var i = 0; i < 20; i++)
            Assert.InRange((group.Log(elements[i]) - all[i]).abs().max().item<double>(), 0,
                1e-15 * Math.Max(1, all[i].abs().max().item<double>()));
    }

    /// <summary>The matrix of a boost by s holds e⁻ˢ only as what rounding left of it: the logarithm comes from the
    /// large entries. At 9.2 in single precision it was off by 2.1.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, 9.2, 2e-5)]
    [InlineData(ScalarType.Float32, 15, 2e-5)]
    [InlineData(ScalarType.Float32, 2, 2e-6)]
    [InlineData(ScalarType.Float64, 9.2, 1e-13)]
    [InlineData(ScalarType.Float64, 30, 1e-12)]
    public void Log_OfALargeBoost_IsTheBoost(ScalarType dtype, double boost, double tolerance)
    {
        using var scope = NewDisposeScope();
        var group = MatrixGroupExamples.Lorentz();
        var angles = linspace(0, 6, 16, dtype: ScalarType.Float64);
        var tangents = stack([angles.cos() * boost, angles.sin() * boost, zeros_like(angles)], -1);
        var (cosh, sinh) = (Math.Cosh(boost), Math.Sinh(boost));
        var (c, s, one) = (angles.cos(), angles.sin(), ones_like(angles));
        // The boost along (c, s), in closed form.
        var matrices = stack(
        [
            one * cosh, c * sinh, s * sinh, c * sinh, one + c * c * (cosh - 1), c * s * (cosh - 1), s * sinh,
            c * s * (cosh - 1), one + s * s * (cosh - 1),
        ], -1);
        var log = group.Log(matrices.to_type(dtype)).to_type(ScalarType.Float64);
        Assert.InRange((log - tangents).abs().max().item<double>(), 0, tolerance);
        // The same with derivatives, and the same derivative as in double precision: Log(Exp(a)) = a.
        var input = tangents.to_type(dtype).clone().requires_grad_();
        var slope = Derivative.Compute(group.Log(group.Exp(input)).sum(), input, createGraph: false);
        Assert.InRange((slope - 1).abs().max().to_type(ScalarType.Float64).item<double>(), 0,
            dtype == ScalarType.Float64 ? 1e-5 : 0.05);
    }

    /// <summary>A rotation by exactly π has eigenvalues on the negative axis; closed forms give one of its two
    /// logarithms.</summary>
    [Fact]
    public void Log_OfARotationByPi_IsALogarithm()
    {
        using var scope = NewDisposeScope();
        var group = MatrixGroupExamples.SE2();
        var half = tensor(new double[,] { { -1, 0, 3 }, { 0, -1, 4 }, { 0, 0, 1 } });
        var log = group.Log(group.FromMatrix(half));
        Assert.Equal(Math.PI, Math.Abs(log[0].item<double>()), 1e-9);
        Assert.InRange((group.ToMatrix(group.Exp(log)) - half).abs().max().item<double>(), 0, 1e-9);
    }

    /// <summary>Elements of SL(2) of trace below -2 are no exponentials: no number stands for their logarithm, and
    /// those beside them keep theirs.</summary>
    [Fact]
    public void Log_OfAnElementThatIsNoExponential_IsNotANumber()
    {
        using var scope = NewDisposeScope();
        var group = new MatrixGroup(new MatrixGroupOptions
        {
            Name = "SL2",
            PointDim = 2,
            Generators = new double[,,] { { { 1, 0 }, { 0, -1 } }, { { 0, 1 }, { 0, 0 } }, { { 0, 0 }, { 1, 0 } } },
            Origin = _ => tensor([1.0, 0.0]),
        });
        var log = group.Log(tensor(new[,] { { -2, 0, 0, -0.5 }, { 2, 0, 0, 0.5 }, { double.NaN, 0, 0, 1 } }));
        Assert.True(log[0].isnan().all().item<bool>() && log[2].isnan().all().item<bool>());
        Assert.Equal(Math.Log(2), log[1, 0].item<double>(), 1e-14);
    }

    /// <summary>Positions are subtracted before they are turned, as in the closed forms.</summary>
    [Fact]
    public void Between_FarFromTheOrigin_KeepsTheDigitsOfTheSeparation()
    {
        using var scope = NewDisposeScope();
        var group = MatrixGroupExamples.SE2();
        Tensor At(double x) => group.FromMatrix(tensor(
            new[,] { { 0, -1, x }, { 1, 0, 2e5 }, { 0, 0, 1 } }, dtype: ScalarType.Float32));
        var matrix = group.ToMatrix(group.Between(At(100000), At(100000.25)));
        Assert.Equal(-0.25, matrix[1, 2].item<float>(), 1e-7);
        Assert.Equal(0, matrix[0, 2].item<float>(), 1e-7);
    }

    /// <summary>Against the closed form of SE(3): first and second derivatives through group and algebra.</summary>
    [Fact]
    public void Log_OfSE3FromGenerators_HasTheDerivativesOfTheClosedForm()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor Normal(params long[] shape) => randn(shape, dtype: ScalarType.Float64, generator: generator);
        var (a, b, direction, weight) = (Normal(6, 6), Normal(6, 6), Normal(6, 6), Normal(6, 6));
        (Tensor, Tensor) Derivatives(LieGroup group)
        {
            var input = a.clone().requires_grad_();
            var value = group.Log(group.Compose(group.Exp(input * 0.5), group.Exp(b * 0.5)));
            var first = Derivative.Compute((value * weight).sum(), input, createGraph: true);
            return (first.detach(), Derivative.Compute((first * direction).sum(), input, createGraph: false));
        }
        var ((first, second), (right, rightSecond)) = (
            Derivatives(MatrixGroupExamples.SE3()), Derivatives(new SE3()));
        Assert.InRange((first - right).abs().max().item<double>(), 0, 1e-10);
        Assert.InRange((second - rightSecond).abs().max().item<double>(), 0, 1e-9);
    }
}
