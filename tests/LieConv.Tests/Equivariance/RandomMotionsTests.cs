using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Equivariance;

/// <summary>What random elements of any group leave alone, and how far they reach.</summary>
[Collection("Serial")]
[NoTensorLeaks]
[Trait("Category", "Laws")]
public sealed class RandomMotionsTests
{
    public static TheoryData<string> Groups => new(
        Enumerable.Range(1, 6).SelectMany(LieGroups.On).Select(known => known.Name).Concat(
            ["SE2[0]", "SE3[2,3,4,5]", "SE3[2,5]", "SO3[2]", "T4[1,3]"]));

    /// <summary>Orbits are what a group leaves alone: they tell whether what moved the points is one of its elements.</summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void Apply_AnyGroup_LeavesOrbitsAndPaddingAlone(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = group.ToDomain(randn([3, 5, group.PointDim], ScalarType.Float64));
        var mask = ones([3, 5], ScalarType.Bool);
        mask[1, 3..] = tensor(false);
        points = where(mask.unsqueeze(-1), points, full_like(points, double.NaN));
        var motions = new RandomMotions(group);
        foreach (var (dtype, tolerance) in new[] { (ScalarType.Float64, 1e-9), (ScalarType.Float32, 1e-4) })
        {
            using var generator = new Generator(7);
            var before = points.to(dtype);
            var after = motions.Apply(before, mask, generator);
            Assert.Equal((dtype, points.shape.Length), (after.dtype, after.shape.Length));
            Assert.True(after[1, 3..].isnan().all().item<bool>());
            if (group.OrbitDim > 0)
            {
                var valid = mask[0];
                var orbits = Orbits(group, before[0]);
                Assert.True(((Orbits(group, after[0]) - orbits).abs().max() /
                    orbits.abs().max().clamp_min(1)).to(ScalarType.Float64).item<double>() < tolerance, name);
                Assert.True(valid.all().item<bool>());
            }
            if (group.AlgebraDim > 0)
                Assert.True((after[0] - before[0]).abs().max().to(ScalarType.Float64).item<double>() > 1e-3);
            else
                Assert.True(after[0].Equals(before[0]));
        }
    }

    /// <summary>One draw serves all precisions, and the seed alone decides it.</summary>
    [Fact]
    public void Apply_SameSeed_IsTheSameInBothPrecisions()
    {
        using var scope = NewDisposeScope();
        var points = randn([4, 6, 3], ScalarType.Float64);
        Tensor Moved(ScalarType dtype)
        {
            using var generator = new Generator(3);
            return new RandomMotions(new SE3()).Apply(points.to(dtype), null, generator).to(ScalarType.Float64);
        }
        Assert.Equal(0, (Moved(ScalarType.Float64) - Moved(ScalarType.Float64)).abs().max().item<double>());
        Assert.InRange((Moved(ScalarType.Float64) - Moved(ScalarType.Float32)).abs().max().item<double>(), 0, 1e-5);
    }

    /// <summary>Rotations and translations keep distances, wherever the set is, and move it by its own size.</summary>
    [Theory]
    [InlineData("SE2")]
    [InlineData("SE3")]
    [InlineData("SE4")]
    public void Apply_RigidGroup_KeepsDistancesAndMovesByTheSetsSize(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var sizes = tensor(new[] { 0.01, 100.0 }).view(2, 1, 1);
        var points = (randn([2, 7, group.PointDim], ScalarType.Float64) + 1000) * sizes;
        using var generator = new Generator(1);
        var (sum, motions) = (zeros(2, ScalarType.Float64), new RandomMotions(group));
        for (var i = 0; i < 30; i++)
        {
            var moved = motions.Apply(points, null, generator);
            Assert.InRange(((cdist(moved, moved) - cdist(points, points)) / sizes).abs().max().item<double>(), 0, 1e-6);
            sum += (moved.mean([1]) - points.mean([1])).square().mean([1L]);
        }
        var size = (points - points.mean([1L], keepdim: true)).square().sum([1L, 2L]) / 7;
        var ratio = (sum / 30 / size).data<double>().ToArray();
        Assert.All(ratio, r => Assert.InRange(r, 0.4, 1.8));        // a variance of 1, from 60 numbers or more
    }

    /// <summary>Uniform rotations have means 0, squares 1/n in every entry, and the fourth moments of the sphere.</summary>
    [Theory]
    [InlineData("SO2", 2)]
    [InlineData("SO3", 3)]
    [InlineData("SO4", 4)]
    public void Draw_Rotations_AreUniform(string name, int n)
    {
        const int Count = 40_000;
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        using var generator = new Generator(2);
        var turns = group.ToMatrix(new RandomMotions(group).Draw(ones(Count, ScalarType.Float64), generator));
        Assert.InRange(turns.mean([0L]).abs().max().item<double>(), 0, 5 / Math.Sqrt(Count * n));
        Assert.InRange((turns.square().mean([0L]) - 1.0 / n).abs().max().item<double>(), 0, 5 / Math.Sqrt(Count));
        Assert.InRange((turns.pow(4).mean([0L]) - 3.0 / (n * (n + 2))).abs().max().item<double>(), 0, 5 / Math.Sqrt(Count));
    }

    /// <summary>One mask may serve all points of a set: then all or none of them move.</summary>
    [Fact]
    public void Apply_MaskOfWholeSets_MovesThese()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var points = randn([2, 4, 2], ScalarType.Float64);
        var moved = new RandomMotions(new Translation(2)).Apply(points, tensor(new[] { true, false }).view(2, 1), generator);
        var shift = moved - points;
        Assert.InRange((shift[0] - shift[0, 0]).abs().max().item<double>(), 0, 1e-12);
        Assert.True(shift[0].abs().max().item<double>() > 1e-3);
        Assert.Equal(0, shift[1].abs().max().item<double>());
    }

    /// <summary>Scalings are by factors from 1/2 to 2, half of them below 1.</summary>
    [Theory]
    [InlineData("Rx")]
    [InlineData("RxSO3")]
    [InlineData("Rx5")]
    public void Draw_Scalings_AreWithinTheFactor(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        using var generator = new Generator(2);
        var elements = new RandomMotions(group).Draw(ones(4000, ScalarType.Float64), generator);
        var factors = linalg.det(group.ToMatrix(elements)).pow(1.0 / group.PointDim).log() / Math.Log(2);
        Assert.InRange(factors.abs().max().item<double>(), 0.99, 1 + 1e-9);
        Assert.InRange(factors.mean().item<double>(), -0.05, 0.05);
        Assert.InRange(factors.square().mean().item<double>(), 0.31, 0.36);                      // 1/3
    }

    [Fact]
    public void Draw_SmallAngles_TurnNoFurther()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var group = new SO3();
        var elements = new RandomMotions(group, new RandomMotionOptions { Angle = 0.3 })
            .Draw(ones(1000, ScalarType.Float64), generator);
        var angles = group.Log(elements).norm(-1);
        Assert.InRange(angles.max().item<double>(), 0.29, 0.3 + 1e-9);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void RandomMotions_WrongArguments_AreOneSentence()
    {
        using var scope = NewDisposeScope();
        var options = new RandomMotionOptions { Translation = -1, Factor = 0.5, Angle = 4, Size = double.NaN };
        Assert.Equal(
            [
                "Translation is -1; expected a number from 0.", "Factor is 0.5; expected a number from 1.",
                "Angle is 4; expected a number from 0 to π.", "Size is NaN; expected a number from 0.",
            ],
            options.Validate());
        Assert.Throws<ArgumentException>(() => new RandomMotions(new SE2(), options));
        using var generator = new Generator(1);
        Assert.StartsWith(
            "positions has shape (2, 3, 3); expected (b, n, D)", Assert.Throws<ArgumentException>(
                () => new RandomMotions(new SE2()).Apply(zeros(2, 3, 3), null, generator)).Message);
    }

    private static Tensor Orbits(LieGroup group, Tensor points)
    {
        using var generator = new Generator(1);
        return group.Lift(points.unsqueeze(0), LiftOptions.Default, new GeneratorDraws(generator)).Orbits!;
    }
}
