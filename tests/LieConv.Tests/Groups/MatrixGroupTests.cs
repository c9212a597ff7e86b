using LieConv.Groups;
using LieConv.Groups.Laws;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

public sealed class MatrixGroupTests(ITestOutputHelper output)
{
    /// <summary>Groups by their generators: the cut locus is approached less closely, as the numerical logarithm
    /// allows.</summary>
    private static readonly GroupLawsOptions Numerical = new() { CutGap = (0.05, 0.3), ToleranceFactor = 100 };

    [Theory]
    [Trait("Category", "Laws")]
    [InlineData("SL2"), InlineData("SL2WithoutSection"), InlineData("Sim2"), InlineData("Lorentz"), InlineData("SE2")]
    [InlineData("SO3"), InlineData("SE3"), InlineData("LorentzFromGenerators"), InlineData("SE2 elsewhere")]
    public void Check_GroupFromGenerators_ObeysEveryLaw(string name)
    {
        var (group, options) = name switch
        {
            "SL2" => (MatrixGroupExamples.SL2(), Numerical),
            // Near x = 0, where the section in one exponential ends, differences would need smaller steps.
            "SL2WithoutSection" => (
                MatrixGroupExamples.SL2WithoutSection(),
                Numerical with
                {
                    Samples = 4, Dtypes = [ScalarType.Float64], Points = x => x + x.sign() * 0.5,
                }),
            "Sim2" => (MatrixGroupExamples.Sim2(), Numerical),
            "SE2" => (MatrixGroupExamples.SE2(), Numerical),
            "SE2 elsewhere" => (MatrixGroupExamples.SE2(1, -2), Numerical),
            "SO3" => (MatrixGroupExamples.SO3(), Numerical),
            "SE3" => (MatrixGroupExamples.SE3(), Numerical with { Samples = 6 }),
            "LorentzFromGenerators" => (
                MatrixGroupExamples.LorentzFromGenerators(), Numerical with { Points = MatrixGroupExamples.Timelike }),
            _ => (MatrixGroupExamples.Lorentz(), Numerical with { Points = MatrixGroupExamples.Timelike }),
        };
        LawAssert.AllPass(GroupLaws.Check(group, options), output);
    }

    /// <summary>Groups of every dimension by name.</summary>
    [Theory]
    [Trait("Category", "Laws")]
    [InlineData("Rx1"), InlineData("Rx3"), InlineData("RxSO3"), InlineData("SO4"), InlineData("SE4")]
    public void Check_GroupOfAnyDimension_ObeysEveryLaw(string name) =>
        LawAssert.AllPass(GroupLaws.Check(LieGroups.Parse(name), Numerical with { Samples = 4 }), output);

    /// <summary>Uniform rotations have means 0 and squares 1/n in every entry, and determinant 1.</summary>
    [Theory]
    [InlineData(2), InlineData(3), InlineData(5)]
    public void Uniform_ManyRotations_HaveTheMomentsOfTheHaarMeasure(int n)
    {
        const int Count = 20_000;
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var turns = RotationGroups.Uniform(n, [Count], ScalarType.Float64, CPU, new GeneratorDraws(generator));
        Assert.InRange((turns.matmul(turns.transpose(-1, -2)) - eye(n)).abs().max().item<double>(), 0, 1e-12);
        Assert.InRange((linalg.det(turns) - 1).abs().max().item<double>(), 0, 1e-12);
        Assert.InRange(turns.mean([0]).abs().max().item<double>(), 0, 5 / Math.Sqrt(Count * n));
        Assert.InRange((turns.square().mean([0]) - 1.0 / n).abs().max().item<double>(), 0, 5 / Math.Sqrt(Count));
    }

    [Fact]
    public void ExpAndLog_OfSE2FromGenerators_EqualTheClosedForm()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (closed, numerical) = (new SE2(), MatrixGroupExamples.SE2());
        var a = randn([50, 3], dtype: ScalarType.Float64, generator: generator);
        var matrix = closed.ToMatrix(closed.Exp(a));
        Assert.InRange((numerical.ToMatrix(numerical.Exp(a)) - matrix).abs().max().item<double>(), 0, 1e-12);
        Assert.InRange((numerical.Log(numerical.FromMatrix(matrix)) - closed.Log(closed.FromMatrix(matrix))).abs().max()
            .item<double>(), 0, 1e-11);
    }

    [Fact]
    public void Lift_NumericalSection_AgreesWithClosedFormUpToStabilizer()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var points = randn([2, 20, 2], dtype: ScalarType.Float64, generator: generator);
        var draws = new GeneratorDraws(generator);
        var (closed, numerical) = (MatrixGroupExamples.SL2(), MatrixGroupExamples.SL2WithoutSection());
        var difference = closed.Between(
            closed.Lift(points, LiftOptions.Default, draws).Elements,
            numerical.Lift(points, LiftOptions.Default, draws).Elements);
        var origin = tensor([1.0, 0.0]);
        Assert.InRange((closed.Act(difference, origin) - origin).abs().max().item<double>(), 0, 1e-9);
        Assert.InRange((linalg.det(numerical.ToMatrix(difference)) - 1).abs().max().item<double>(), 0, 1e-9);
    }

    [Fact]
    public void Lift_NumericalSection_HasRightFirstAndSecondDerivatives()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var group = MatrixGroupExamples.Sim2();
        var draws = new GeneratorDraws(generator);
        var start = randn([1, 4, 2], dtype: ScalarType.Float64, generator: generator);
        var weight = randn([1, 4, 9], dtype: ScalarType.Float64, generator: generator);
        var direction = randn([1, 4, 2], dtype: ScalarType.Float64, generator: generator);
        (Tensor First, Tensor Second) At(Tensor x)
        {
            var input = x.detach().clone().requires_grad_();
            var value = (group.Lift(input, LiftOptions.Default, draws).Elements * weight).sum();
            var first = Derivative.Compute(value, input, createGraph: true);
            return (first.detach(), Derivative.Compute((first * direction).sum() + input.sum() * 0, input, false));
        }

        // The lift must reproduce the moving point to second order: u(x) o = x has derivative 1 and then 0.
        var points = start.clone().requires_grad_();
        var reached = group.Act(group.Lift(points, LiftOptions.Default, draws).Elements, zeros_like(start));
        var slope = Derivative.Compute((reached * direction).sum(), points, createGraph: true);
        Assert.InRange((slope - direction).abs().max().item<double>(), 0, 1e-9);
        var bend = Derivative.Compute((slope * direction).sum() + points.sum() * 0, points, createGraph: false);
        Assert.InRange(bend.abs().max().item<double>(), 0, 1e-8);
        Assert.True(At(start).First.isfinite().all().item<bool>() && At(start).Second.isfinite().all().item<bool>());
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Constructor_GeneratorsNotClosed_NamesTheBracket()
    {
        var error = Assert.Throws<ArgumentException>(() => new MatrixGroup(new MatrixGroupOptions
        {
            Name = "Broken",
            PointDim = 3,
            Generators = new double[,,]
            {
                { { 0, 0, 0 }, { 0, 0, -1 }, { 0, 1, 0 } }, { { 0, 0, 1 }, { 0, 0, 0 }, { -1, 0, 0 } },
            },
            Origin = _ => tensor([1.0, 0, 0]),
        }));
        Assert.Contains("the bracket of generators 0 and 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Constructor_DependentGenerators_SaysSo()
    {
        var error = Assert.Throws<ArgumentException>(() => new MatrixGroup(new MatrixGroupOptions
        {
            Name = "Twice",
            PointDim = 2,
            Generators = new double[,,] { { { 1, 0 }, { 0, 1 } }, { { 2, 0 }, { 0, 2 } } },
            Origin = _ => tensor([1.0, 0]),
        }));
        Assert.Contains("linearly dependent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_EverythingWrong_ReturnsEveryError()
    {
        var options = new MatrixGroupOptions
        {
            Name = "", PointDim = 7, Generators = new double[1, 2, 3], Alpha = 2, OrbitDim = 1,
        };
        Assert.Equal(6, options.Validate().Count);
        Assert.Throws<ArgumentException>(() => new MatrixGroup(options));
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Lift_PointOnAnotherOrbit_NamesThePoint()
    {
        using var scope = NewDisposeScope();
        var group = new MatrixGroup(new MatrixGroupOptions
        {
            Name = "Circle",
            PointDim = 2,
            Generators = new double[,,] { { { 0, -1 }, { 1, 0 } } },
            Origin = _ => tensor([1.0, 0]),
        });
        var points = tensor(new double[,,] { { { 0.6, 0.8 }, { 3, 4 } } });
        var error = Assert.Throws<ArgumentException>(
            () => group.Lift(points, LiftOptions.Default, new GeneratorDraws(new Generator(1))));
        Assert.Contains("to the point (3, 4)", error.Message, StringComparison.Ordinal);
    }
}
