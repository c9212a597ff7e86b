using LieConv.Groups;
using LieConv.Tests.Support;
using TorchSharp;
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
        var lift = group.Lift(points, mask, options, new NoDraws());
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
        Tensor Lift(Tensor x, Tensor? valid) => group.Lift(x, valid, options, new NoDraws()).Elements
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
        var unmasked = Lift(points, null)[1, TensorIndex.Slice(0, 5)];
        Assert.True(group.Log(group.Between(unmasked, all[1, TensorIndex.Slice(0, 5)])).abs().max().item<double>() > 1e-3);
    }

    [Theory]
    [InlineData("T2"), InlineData("SO2"), InlineData("RxSO2"), InlineData("Trivial3"), InlineData("SE3[2]")]
    [InlineData("Rx"), InlineData("RxSQ")]
    public void Lift_TrivialStabilizer_IsTheSameFramedOrNot(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = rand([2, 5, group.PointDim], dtype: ScalarType.Float64) + 0.5;
        var framed = group.Lift(points, new LiftOptions { Framed = true }, new NoDraws());
        Assert.True(framed.Elements.equal(group.Lift(points, LiftOptions.Default, new NoDraws()).Elements).all().item<bool>());
        Assert.True(group.HasFrames);
    }

    /// <summary>Largest |log(lift(g x)⁻¹ g lift(x))| over random g, rotations by quaternions in float64.</summary>
    private static double Error(string name, LiftOptions options, ScalarType dtype, bool turned = true)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var group = LieGroups.Parse(name);
        var (points, mask) = Points(group, dtype);
        var draws = options.Framed ? (Draws)new NoDraws() : new GeneratorDraws(generator);
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
