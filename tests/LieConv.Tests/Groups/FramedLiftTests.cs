using LieConv.Groups;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>The framed lift: nothing drawn, and exactly equivariant.</summary>
[Trait("Category", "Equivariance")]
[NoTensorLeaks]
public sealed class FramedLiftTests
{
    /// <summary>Groups whose frames choose a stabilizer element, by local and item frames, and samples.</summary>
    public static MatrixTheoryData<string, bool, int> Cases =>
        new(["SE2", "SO3", "SE3", "SE3[0,1,2]", "SE3[2,3,4]", "SE3[1,3,4,5]"], [false, true], [1, 2, 3]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lift_Framed_LeadsFromTheOriginToThePoint(string name, bool shared, int samples)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        Assert.True(group.HasFrames);
        var (points, mask) = Points(group, ScalarType.Float64);
        var options = new LiftOptions { Framed = true, SharedAcrossPoints = shared, Samples = samples };
        var lift = group.Lift(points, mask, options, NoDraws.Instance);
        Assert.Equal([points.shape[0], points.shape[1] * samples, group.ElementDim], lift.Elements.shape);
        var drawn = group.Lift(points, mask, options with { Framed = false }, new GeneratorDraws(new Generator(1)));
        var origins = group.Act(group.Inverse(drawn.Elements), points.repeat_interleave(samples, 1));
        var reached = group.Act(lift.Elements, origins) - points.repeat_interleave(samples, 1);
        Assert.InRange(reached.abs().max().item<double>(), 0, 1e-13);
        if (group.OrbitDim > 0) Assert.Equal(0, (lift.Orbits! - drawn.Orbits!).abs().max().item<double>());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lift_OfMovedPoints_IsTheMovedLift(string name, bool shared, int samples)
    {
        var options = new LiftOptions { Framed = true, SharedAcrossPoints = shared, Samples = samples };
        Assert.InRange(Error(name, options, ScalarType.Float64), 0, 1e-12);
        Assert.InRange(Error(name, options, ScalarType.Float32), 0, 1e-4);
        // The negative controls: draws of two passes differ, and directions that do not turn are not frames.
        Assert.True(Error(name, options with { Framed = false }, ScalarType.Float64) > 1e-3);
        Assert.True(Error(name, options, ScalarType.Float64, turned: false) > 1e-3);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lift_OrderPaddingAndBatch_DoNotMatter(string name, bool shared, int samples)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var options = new LiftOptions { Framed = true, SharedAcrossPoints = shared, Samples = samples };
        var (points, mask) = Points(group, ScalarType.Float64);
        Tensor Lift(Tensor x, Tensor? valid) => group.Lift(x, valid, options, NoDraws.Instance).Elements
            .unflatten(1, [x.shape[1], samples]);
        void Same(Tensor a, Tensor b) =>
            Assert.InRange(group.Log(group.Between(a, b)).abs().max().item<double>(), 0, 1e-12);

        var all = Lift(points, mask);
        var order = randperm(points.shape[1], generator: new Generator(5));
        var permuted = Lift(points.index_select(1, order), mask.index_select(1, order));
        Same(permuted, all.index_select(1, order));
        Same(Lift(points.masked_fill(mask.logical_not().unsqueeze(-1), 50), mask)[1, TensorIndex.Slice(0, 5)],
            all[1, TensorIndex.Slice(0, 5)]);
        Same(Lift(points.narrow(0, 1, 1).narrow(1, 0, 5), null)[0], all[1, TensorIndex.Slice(0, 5)]);
        // Without its mask, padding is points: the control.
        var unmasked = group.Between(Lift(points, null)[1, TensorIndex.Slice(0, 5)], all[1, TensorIndex.Slice(0, 5)]);
        Assert.True(group.Log(unmasked).abs().max().item<double>() > 1e-3);
    }

    [Theory]
    [InlineData("T2"), InlineData("SO2"), InlineData("RxSO2"), InlineData("Trivial3"), InlineData("SE3[2]")]
    [InlineData("Rx"), InlineData("RxSQ")]
    public void Lift_TrivialStabilizer_IsTheSameFramedOrNot(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = rand([2, 5, group.PointDim], dtype: ScalarType.Float64) + 0.5;
        var framed = group.Lift(points, new LiftOptions { Framed = true }, NoDraws.Instance);
        var plain = group.Lift(points, LiftOptions.Default, NoDraws.Instance);
        Assert.Equal(0, (framed.Elements - plain.Elements).abs().sum().item<double>());
        Assert.True(group.HasFrames);
    }

    [Theory]
    [InlineData(1e-4), InlineData(1e5)]
    public void Lift_ScaledPoints_HaveTheSameFrames(double scale)
    {
        using var scope = NewDisposeScope();
        foreach (var name in new[] { "SE2", "SO3", "SE3" })
        foreach (var shared in new[] { false, true })
        {
            var group = LieGroups.Parse(name);
            var (points, mask) = Points(group, ScalarType.Float64);
            var options = new LiftOptions { Framed = true, SharedAcrossPoints = shared };
            Tensor Frames(Tensor x) => group.Lift(x, mask, options, NoDraws.Instance).Elements
                .narrow(-1, 0, name == "SE2" ? 1 : 4);
            Assert.InRange((Frames(points * scale) - Frames(points)).abs().max().item<double>(), 0, 1e-10);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float32, 1e-6), InlineData(ScalarType.Float64, 1e-14)]
    public void Lift_SymmetricSets_FallBackOnFixedAxes(ScalarType dtype, double tolerance)
    {
        using var scope = NewDisposeScope();
        var options = new LiftOptions { Framed = true, SharedAcrossPoints = true };
        var turns = arange(5, dtype: ScalarType.Float64) * (2 * Math.PI / 5) + 0.3;
        var pentagon = stack([turns.cos(), turns.sin()], -1).unsqueeze(0).to(dtype);
        foreach (var points in new[] { pentagon, pentagon + 1, pentagon.narrow(1, 0, 1), ones_like(pentagon) / 3 })
            Assert.Equal(0, new SE2().Lift(points, options, NoDraws.Instance)
                .Elements.select(-1, 0).abs().max().to(ScalarType.Float64).item<double>());
        // A rod: its direction is defined, the rotation about it is not.
        var rod = tensor([0.0, 1, 5], dtype: dtype).unsqueeze(-1) * tensor([2.0, 1, -2], dtype: dtype) / 3;
        var axis = UnitQuaternion.Rotate(new SE3().Lift(rod.unsqueeze(0), options, NoDraws.Instance).Elements[0, 0]
            .narrow(-1, 0, 4), tensor([1.0, 0, 0], dtype: dtype));
        var across = UnitQuaternion.Cross(axis, rod[2] / rod[2].norm());
        Assert.InRange(across.abs().max().to(ScalarType.Float64).item<double>(), 0, tolerance);
    }

    /// <summary>Largest |log(lift(g x)⁻¹ g lift(x))| over random g, rotations by quaternions in float64.</summary>
    private static double Error(string name, LiftOptions options, ScalarType dtype, bool turned = true)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var group = LieGroups.Parse(name);
        var (points, mask) = Points(group, dtype);
        var draws = options.Framed ? (Draws)NoDraws.Instance : new GeneratorDraws(generator);
        var worst = 0.0;
        var lift = group.Lift(points, mask, options, draws);
        for (var i = 0; i < 10; i++)
        {
            var tangent = randn([2, 1, group.AlgebraDim], dtype: ScalarType.Float64, generator: generator);
            var g = group.Exp(tangent);
            var moved = group.Act(g, points.to(ScalarType.Float64)).to(dtype);
            var there = group.Lift(turned ? moved : points, mask, options, draws);
            var error = group.Log(group.Between(group.Compose(g.to(dtype), lift.Elements), there.Elements));
            var valid = mask.repeat_interleave(options.Samples, 1).unsqueeze(-1);
            worst = Math.Max(worst, (error * valid).abs().max().to(ScalarType.Float64).item<double>());
        }
        return worst;
    }

    /// <summary>Two sets, of 7 and of 5 points with padding.</summary>
    private static (Tensor Points, Tensor Mask) Points(LieGroup group, ScalarType dtype)
    {
        using var generator = new Generator(11);
        var points = randn([2, 7, group.PointDim], dtype: ScalarType.Float64, generator: generator).to(dtype);
        var mask = ones([2, 7], dtype: ScalarType.Bool);
        mask[1, TensorIndex.Slice(5, 7)] = false;
        return (points, mask);
    }
}
