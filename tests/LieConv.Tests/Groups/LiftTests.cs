using LieConv.Groups;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

[Trait("Category", "Equivariance")]
public sealed class LiftTests
{
    [Theory]
    [InlineData("SE2", 3, true), InlineData("SE3", 3, true), InlineData("SO3", 3, true), InlineData("T2", 1, false)]
    [InlineData("SE3[0,1,2]", 3, true), InlineData("SE3[2,3,4]", 2, true), InlineData("SO2", 1, false)]
    public void Lift_Shapes_AreSideBySideSamples(string name, int samples, bool stabilizer)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = LieGroups.Parse(name);
        Assert.Equal(stabilizer, group.HasStabilizer);
        var points = randn([3, 5, group.PointDim], dtype: ScalarType.Float64, generator: generator);
        var lift = group.Lift(points, new LiftOptions { Samples = samples }, new GeneratorDraws(generator));
        Assert.Equal([3, 5L * samples, group.ElementDim], lift.Elements.shape);
        if (group.OrbitDim > 0) Assert.Equal([3, 5L * samples, group.OrbitDim], lift.Orbits!.shape);
        // Samples of one point differ, by elements of its stabilizer: they lift the same point.
        var elements = lift.Elements.reshape(3, 5, samples, group.ElementDim);
        var origins = group.Act(group.Inverse(elements), points.unsqueeze(2));
        Assert.InRange((origins - origins.narrow(2, 0, 1)).abs().max().item<double>(), 0, 1e-12);
        if (stabilizer)
            Assert.True((elements - elements.roll(1, 2)).abs().sum(-1).min().item<double>() > 1e-6);
    }

    [Theory]
    [InlineData("SE2"), InlineData("SE3"), InlineData("SE3[2,3,4,5]")]
    public void Lift_SharedAcrossPoints_UsesOneRotationAnItem(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = LieGroups.Parse(name);
        var points = randn([2, 4, group.PointDim], dtype: ScalarType.Float64, generator: generator);
        var options = new LiftOptions { Samples = 2, SharedAcrossPoints = true };
        var lift = group.Lift(points, options, new GeneratorDraws(generator)).Elements.reshape(2, 4, 2, -1);
        var relative = group.Log(group.Between(lift.narrow(1, 0, 1), lift));
        var rotations = relative.narrow(-1, 0, name == "SE3" ? 3 : 1);
        Assert.InRange(rotations.abs().max().item<double>(), 0, 1e-12);
        Assert.True((lift[0, 0, 0] - lift[1, 0, 0]).abs().max().item<double>() > 1e-6);
    }

    /// <summary>Two lifts of a point that lie half a turn apart are on the cut of the logarithm.</summary>
    [Theory]
    [InlineData("SE2", false), InlineData("SE2", true)]
    [InlineData("SE3[2,3,4]", false), InlineData("SE3[2,3,4,5]", true)]
    public void Lift_AnyNumberOfSamples_LeavesNoTwoHalfATurnApart(string name, bool shared)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = LieGroups.Parse(name);
        var points = randn([2, 3, group.PointDim], dtype: ScalarType.Float64, generator: generator);
        for (var samples = 1; samples <= 8; samples++)
        {
            var options = new LiftOptions { Samples = samples, SharedAcrossPoints = shared };
            var lift = group.Lift(points, options, new GeneratorDraws(generator)).Elements.reshape(2, 3, samples, -1);
            var angles = group.Log(group.Between(lift.unsqueeze(2), lift.unsqueeze(3))).select(-1, 0).abs();
            Assert.InRange(angles.max().item<double>(), 0, Math.PI - 2 * Math.PI / 20);
            var original = group.Lift(points, options with { OriginalSteps = true }, new GeneratorDraws(generator))
                .Elements.reshape(2, 3, samples, -1);
            angles = group.Log(group.Between(original.unsqueeze(2), original.unsqueeze(3))).select(-1, 0).abs();
            Assert.Equal(samples % 2 == 0, angles.max().item<double>() > Math.PI - 1e-9);
        }
    }

    /// <summary>What points share is a rotation: turned with the points it gives their lifts, turned.</summary>
    [Theory]
    [InlineData("SO3", false), InlineData("SO3", true), InlineData("SE3[0,1,2]", false), InlineData("SE3", true)]
    public void Lift_SharedRotationTurnedWithThePoints_IsTurned(string name, bool centre)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (group, rotations) = (LieGroups.Parse(name), new SO3());
        var points = randn([2, 5, 3], dtype: ScalarType.Float64, generator: generator);
        if (centre) points[0, 3] = 0;
        var turn = rotations.Exp(tensor([0.9, -1.1, 0.7]));
        var element = name == "SO3" ? turn : cat([turn, zeros(3, dtype: ScalarType.Float64)]);
        var shared = new GeneratorDraws(generator).Quaternions([2, 1, 2], ScalarType.Float64, CPU);
        var options = new LiftOptions { Samples = 2, SharedAcrossPoints = true };
        var lift = group.Lift(points, options, new GivenRotations(shared));
        var turned = group.Lift(
            group.Act(element, points), options, new GivenRotations(rotations.Compose(turn, shared)));
        var gap = group.Log(group.Between(group.Compose(element, lift.Elements), turned.Elements));
        Assert.InRange(gap.abs().max().item<double>(), 0, 1e-12);
        if (group.OrbitDim == 0) return;
        var origins = cat([lift.Orbits!, zeros_like(lift.Orbits!), zeros_like(lift.Orbits!)], -1);
        var there = group.Act(lift.Elements, origins) - points.repeat_interleave(2, 1);
        Assert.InRange(there.abs().max().item<double>(), 0, 1e-12);
    }

    [Theory]
    [InlineData("SO2"), InlineData("RxSO2"), InlineData("Rx"), InlineData("SO3"), InlineData("SE2[0]")]
    [InlineData("SO3[2]"), InlineData("SE3[0,3]"), InlineData("SE3[0,1,2]"), InlineData("RxSQ")]
    public void Lift_AtOriginAndAxes_HasFiniteValuesAndDerivatives(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = LieGroups.Parse(name);
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            var axes = eye(group.PointDim, dtype: dtype);
            var special = cat([zeros_like(axes), axes, -axes, axes * 1e-7, axes * 1e-20, -axes * 1e-5], 0).unsqueeze(0);
            var points = special.requires_grad_();
            var lift = group.Lift(points, LiftOptions.Default, new GeneratorDraws(generator));
            var relative = group.Relative(lift, new LiftedElements(lift.Elements.roll(1, 1), lift.Orbits?.roll(1, 1)));
            var gradient = Derivative.Compute(relative.sin().sum(), points, createGraph: true);
            var second = Derivative.Compute(gradient.sin().sum(), points, createGraph: false);
            Assert.True(relative.isfinite().all().item<bool>());
            Assert.True(gradient.isfinite().all().item<bool>());
            Assert.True(second.isfinite().all().item<bool>());
        }
    }

    [Fact]
    public void Lift_SO3AtMinusEx_CarriesExThere()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = new SO3();
        double[,] cases =
            { { -1, 0, 0 }, { -1, 1e-9, 0 }, { -2, 0, 1e-7 }, { -1, -1e-3, 1e-3 }, { -3, 1, 2 }, { 0, 1, 0 } };
        foreach (var (dtype, tolerance) in new[] { (ScalarType.Float64, 1e-8), (ScalarType.Float32, 1e-6) })
        {
            var points = tensor(cases, dtype: dtype).unsqueeze(0);
            var lift = group.Lift(points, new LiftOptions { Samples = 3 }, new GeneratorDraws(generator));
            var origins = cat([lift.Orbits!, zeros_like(lift.Orbits!), zeros_like(lift.Orbits!)], -1);
            var there = group.Act(lift.Elements, origins) - points.repeat_interleave(3, 1);
            Assert.InRange(there.abs().max().to(ScalarType.Float64).item<double>(), 0, tolerance * 4);
        }
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("T2", 2, "T2 lifts every point in one way only")]
    [InlineData("SO2", 2, "SO2 lifts every point in one way only")]
    [InlineData("SE2", 0, "Samples is 0; expected 1 or more")]
    [InlineData("SE3[2]", 4, "SE3[2] lifts every point in one way only")]
    public void Lift_BadSamples_SaysSo(string name, int samples, string message)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var error = Assert.Throws<ArgumentException>(() => group.Lift(
            zeros(1, 2, group.PointDim), new LiftOptions { Samples = samples }, new GeneratorDraws(new Generator(1))));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("SE2"), InlineData("SE3"), InlineData("T3"), InlineData("SO3"), InlineData("Trivial2")]
    [InlineData("Rx")]
    public void Methods_WrongShapes_ThrowOneSentence(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var draws = new GeneratorDraws(new Generator(1));
        void Fails(Func<object> call) =>
            Assert.Matches("(must have|lifts points of) shape", Assert.Throws<ArgumentException>(call).Message);
        Fails(() => group.Exp(zeros(4, 9)));
        Fails(() => group.Log(zeros(4, 9)));
        Fails(() => group.Vee(zeros(4, 9, 9)));
        Fails(() => group.Act(group.Identity(ScalarType.Float32, CPU), zeros(4, 9)));
        Fails(() => group.Distance(zeros(4, 9)));
        Fails(() => group.Lift(zeros(4, group.PointDim), LiftOptions.Default, draws));
        Fails(() => group.Lift(zeros(1, 4, 9), LiftOptions.Default, draws));
        var integers = zeros([1, 4, group.PointDim], dtype: ScalarType.Int64);
        Assert.Contains("floating point",
            Assert.Throws<ArgumentException>(() => group.Lift(integers, LiftOptions.Default, draws)).Message,
            StringComparison.Ordinal);
    }

    private sealed class GivenRotations(Tensor rotations) : Draws
    {
        public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
            throw new NotSupportedException();

        public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) => rotations;

        public override Tensor Ranks(long[] shape, Device device) => throw new NotSupportedException();

        public override long[] Starts(ReadOnlySpan<long> validCounts) => throw new NotSupportedException();
    }
}
