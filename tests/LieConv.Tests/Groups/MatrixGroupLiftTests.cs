using LieConv.Groups;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

public sealed class MatrixGroupLiftTests
{
    /// <summary>The section of SO(1,2) in the complement of the rotation is the pure boost B to the point, in closed
    /// form [[γ, nᵀ], [n, 1 + n nᵀ / (1 + γ)]]; a lift is u = B h with a rotation h, so that u uᵀ = B².</summary>
    [Theory]
    [InlineData(1.0), InlineData(4.0), InlineData(9.0)]
    public void Lift_OfTheLorentzGroup_IsTheBoostToThePoint(double rapidity)
    {
        using var scope = NewDisposeScope();
        var angles = linspace(0, 6, 7, dtype: ScalarType.Float64);
        var (gamma, nx, ny) = (
            full_like(angles, Math.Cosh(rapidity)), angles.cos() * Math.Sinh(rapidity),
            angles.sin() * Math.Sinh(rapidity));
        var points = (stack([gamma, nx, ny], -1) * 2.5).unsqueeze(0);
        Tensor[] rows =
        [
            gamma, nx, ny, nx, 1 + nx * nx / (1 + gamma), nx * ny / (1 + gamma), ny, nx * ny / (1 + gamma),
            1 + ny * ny / (1 + gamma),
        ];
        var boosts = stack(rows, -1).reshape(7, 3, 3);
        var group = MatrixGroupExamples.LorentzFromGenerators();
        using var generator = new Generator(1);
        var lifts = group.ToMatrix(group.Lift(points, LiftOptions.Default, new GeneratorDraws(generator)).Elements)[0];
        var (actual, expected) = (lifts.matmul(lifts.transpose(-1, -2)), boosts.matmul(boosts));
        // The invariant t² - x² - y² of a rounded point is off by e²ˢ times the rounding, and the boost with it.
        var tolerance = 1e-12 + 1e-15 * Math.Exp(2 * rapidity);
        Assert.InRange(((actual - expected).abs().max() / expected.abs().max()).item<double>(), 0, tolerance);
    }

    /// <summary>SE(2) about any origin is lifted to translations, whatever the distance: 28 steps of length 1 refused
    /// all beyond.</summary>
    [Theory]
    [InlineData(0.0, 0.0), InlineData(1.0, -2.0)]
    public void Lift_FarPointsUnderSE2_AreTranslations(double x, double y)
    {
        using var scope = NewDisposeScope();
        var group = MatrixGroupExamples.SE2(x, y);
        var points = tensor(new[,,] { { { 1e4, -3e3 }, { 40, 2 }, { 0.5, 0.1 } } });
        using var generator = new Generator(1);
        // Shared draws: the rotation about the origin is one and the same, and relative elements are translations.
        var options = new LiftOptions { SharedAcrossPoints = true };
        var lift = group.Lift(points, options, new GeneratorDraws(generator)).Elements;
        var reached = group.Act(lift, tensor([x, y]));
        Assert.InRange((reached - points).abs().max().item<double>(), 0, 1e-10);
        var relative = group.ToMatrix(group.Between(lift.narrow(1, 0, 1), lift));
        var linear = relative.narrow(-1, 0, 2).narrow(-2, 0, 2);
        Assert.InRange((linear - eye(2, dtype: ScalarType.Float64)).abs().max().item<double>(), 0, 1e-10);
    }

    [Theory]
    [InlineData("SO3"), InlineData("Lorentz")]
    public void Lift_SharedDrawsThatMotionsDoNotShare_AreRefused(string name)
    {
        using var scope = NewDisposeScope();
        var group = name == "SO3" ? MatrixGroupExamples.SO3() : MatrixGroupExamples.Lorentz();
        var points = MatrixGroupExamples.Timelike(ones(1, 4, 3, dtype: ScalarType.Float64));
        var error = Assert.Throws<ArgumentException>(() => group.Lift(
            points, new LiftOptions { SharedAcrossPoints = true }, new GeneratorDraws(new Generator(1))));
        Assert.Contains("expected draws for each point", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Padding of zeros is no timelike vector; it must neither be refused nor change the others.</summary>
    [Fact]
    public void Lift_PaddingOutsideTheDomain_HasNoInfluence()
    {
        using var scope = NewDisposeScope();
        var group = MatrixGroupExamples.LorentzFromGenerators();
        var points = MatrixGroupExamples.Timelike(linspace(-1, 1, 12, dtype: ScalarType.Float64).reshape(1, 4, 3));
        var mask = cat([ones(1, 4, dtype: ScalarType.Bool), zeros(1, 2, dtype: ScalarType.Bool)], 1);
        foreach (var filling in new[] { 0.0, double.NaN })
        {
            var input = cat([points, full([1, 2, 3], filling, dtype: ScalarType.Float64)], 1).requires_grad_();
            LiftedElements Lift(Tensor x, Tensor? m) =>
                group.Lift(x, m, LiftOptions.Default, new GeneratorDraws(new Generator(1)));
            var (alone, among) = (Lift(points, null), Lift(input, mask));
            Assert.InRange((among.Elements.narrow(1, 0, 4) - alone.Elements).abs().max().item<double>(), 0, 1e-12);
            Assert.True(among.Elements.isfinite().all().item<bool>() && among.Orbits!.isfinite().all().item<bool>());
            var slope = Derivative.Compute(among.Elements.sum() + among.Orbits!.sum(), input, createGraph: false);
            Assert.True(slope.isfinite().all().item<bool>());
        }
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Lift_PointThatMoreElementsFix_SaysSo()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new[,,] { { { 1.0, 2, 3 }, { 0, 0, 0 } } });
        var error = Assert.Throws<ArgumentException>(() => MatrixGroupExamples.SO3().Lift(
            points, LiftOptions.Default, new GeneratorDraws(new Generator(1))));
        Assert.Contains("More elements of SO3 fix the origin (0, 0, 0)", error.Message, StringComparison.Ordinal);
    }

    /// <summary>With a section in closed form: the centre of rotations of the plane, and the axis of turns about it with
    /// shifts along it; not points near them, far from them or in padding.</summary>
    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(false), InlineData(true)]
    public void Lift_SectionAtAPointThatMoreElementsFix_SaysSo(bool alongAxis)
    {
        using var scope = NewDisposeScope();
        var group = MatrixGroupExamples.Screws(alongAxis);
        var draws = new GeneratorDraws(new Generator(1));
        double[] height = alongAxis ? [0.5] : [];
        Tensor Points(double x) => tensor([1.0, 2, .. height, x, 0, .. height], [1, 2, 2 + height.Length]);
        foreach (var x in new[] { 1e-5, 1.0, 1e8 }) group.Lift(Points(x), LiftOptions.Default, draws);
        var mask = tensor(new[,] { { true, false } });
        group.Lift(Points(0), mask, LiftOptions.Default, draws);
        var error = Assert.Throws<ArgumentException>(() => group.Lift(Points(0), LiftOptions.Default, draws));
        Assert.StartsWith(
            $"More elements of Screws fix the point ({(alongAxis ? "0, 0, 0.5" : "0, 0")}) than other points",
            error.Message, StringComparison.Ordinal);
    }

    /// <summary>Values with and without derivatives, in single precision as in double.</summary>
    [Fact]
    public void Lift_WithDerivatives_HasTheSameValues()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        foreach (var group in new[] { MatrixGroupExamples.SL2WithoutSection(), MatrixGroupExamples.SE2(1, -2) })
        {
            var points = randn([1, 5, 2], dtype: ScalarType.Float64, generator: generator);
            Tensor Lift(Tensor x) => group.Lift(x, LiftOptions.Default, new GeneratorDraws(new Generator(1))).Elements;
            var plain = Lift(points);
            var size = plain.abs().max();
            var traced = Lift(points.clone().requires_grad_());
            Assert.InRange(((traced - plain) / size).abs().max().item<double>(), 0, 1e-11);
            var single = Lift(points.to_type(ScalarType.Float32).clone().requires_grad_()).to_type(ScalarType.Float64);
            Assert.InRange(((single - plain) / size).abs().max().item<double>(), 0, 1e-5);
        }
    }
}
