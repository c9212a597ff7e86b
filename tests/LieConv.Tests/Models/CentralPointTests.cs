using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Points at the centre of a plane's rotations, or on their axis, have no azimuth: without frames it is drawn, so
/// that networks give on a turned set other numbers of the same distribution.</summary>
[Collection("Serial")]
[Trait("Category", "Equivariance")]
public sealed class CentralPointTests(ITestOutputHelper output)
{
    private const int Copies = 6000;

    public static MatrixTheoryData<string, bool> Lifts =>
        new(["SO2", "RxSO2", "RxSO2[1]", "SE2[0]", "SO3[2]", "SE3[2,5]"], [false, true]);

    [Theory]
    [MemberData(nameof(Lifts))]
    public void Forward_SetTurned_HasTheSameDistribution(string name, bool shared)
    {
        var (probability, means) = Compare(name, new() { Block = new() { SharedLift = shared } });
        output.WriteLine($"{name}, shared {shared}: p = {probability:G3}, means differ by {means:F1} errors");
        Assert.InRange(probability, 1e-3, 1);
        Assert.InRange(means, 0, 5);
    }

    /// <summary>The control: an azimuth of 0 does not turn with the others.</summary>
    [Theory]
    [InlineData("SO2"), InlineData("RxSO2"), InlineData("SE3[2,5]")]
    public void Forward_AzimuthOfZero_HasAnotherDistribution(string name)
    {
        var (probability, means) = Compare(name, new() { Block = new() { OriginalLiftSteps = true } });
        output.WriteLine($"{name}, azimuth 0: p = {probability:G3}, means differ by {means:F1} errors");
        Assert.InRange(probability, 0, 1e-7);
        Assert.True(means > 50);
    }

    /// <summary>Sets without a central point draw nothing, padding at the centre is no point, and neither frames nor the
    /// original's lift nor scalings draw.</summary>
    [Theory]
    [InlineData("SO2"), InlineData("RxSO2"), InlineData("SO3[2]"), InlineData("Rx")]
    public void Lift_NothingToDraw_DrawsNothing(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = randn([2, 4, group.PointDim], dtype: ScalarType.Float64, generator: new Generator(1));
        var mask = ones([2, 4], dtype: ScalarType.Bool);
        group.Lift(points, LiftOptions.Default, NoDraws.Instance);
        points[1, 2] = 0;
        mask[1, 2] = false;
        group.Lift(points, mask, LiftOptions.Default, NoDraws.Instance);
        foreach (var options in new LiftOptions[] { new() { Framed = true }, new() { OriginalSteps = true } })
        {
            var lifted = group.Lift(points, options, NoDraws.Instance);
            Assert.Equal(0, group.Log(lifted.Elements)[1, 2, -1].item<double>(), name == "Rx" ? 20.0 : 0.0);
        }
        if (name == "Rx") Assert.Equal(0, group.Lift(points, LiftOptions.Default, NoDraws.Instance).Orbits![1, 2, 0].item<double>());
        else Assert.Throws<InvalidOperationException>(() => group.Lift(points, LiftOptions.Default, NoDraws.Instance));
    }

    [Theory]
    [InlineData("SO2"), InlineData("SE3[2,5]")]
    public void Lift_CentralPoints_ShareTheirAngleWhereTheyShareDraws(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = randn([3, 4, group.PointDim], dtype: ScalarType.Float64, generator: new Generator(1));
        points.narrow(1, 1, 2).fill_(0);
        Tensor Angles(bool shared) => group.Log(group.Lift(
            points, new LiftOptions { SharedAcrossPoints = shared }, new GeneratorDraws(new Generator(2))).Elements)
            .select(-1, 0);
        var (own, one) = (Angles(false), Angles(true));
        Assert.True((own.select(1, 1) - own.select(1, 2)).abs().min().item<double>() > 1e-3);
        Assert.Equal(0, (one.select(1, 1) - one.select(1, 2)).abs().max().item<double>());
        Assert.True((one[0, 1] - one[1, 1]).abs().item<double>() > 1e-3);
        Assert.Equal(0, (own.select(1, 0) - one.select(1, 0)).abs().max().item<double>());                // the others keep their azimuths
    }

    /// <summary>No scaling moves the centre, whose lift must grow with the set nevertheless: relative coordinates stay, and
    /// along a scaling they have no slope (Euler).</summary>
    [Theory]
    [InlineData("RxSO2", 7.0), InlineData("RxSO2", 1e-7), InlineData("Rx", 300.0), InlineData("Rx", 1e-4)]
    public void Lift_SetScaled_HasTheSameRelativeCoordinates(string name, double scale)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var x = randn([2, 4, 2], dtype: ScalarType.Float64, generator: new Generator(1));
        x[0, 1] = 0;
        Tensor Relative(Tensor points)
        {
            var lift = group.Lift(points, LiftOptions.Default, new GeneratorDraws(new Generator(2)));
            return group.Relative(
                new LiftedElements(lift.Elements.roll(1, 1), lift.Orbits?.roll(1, 1)), lift);
        }
        Assert.InRange((Relative(x * scale) - Relative(x)).abs().max().item<double>(), 0, 1e-12);
        var at = x.clone().requires_grad_();
        var slope = Derivative.Compute((Relative(at).square() * arange(1.0, 5).view(4, 1)).sum(), at, createGraph: true);
        Assert.InRange((slope * at).sum().abs().item<double>(), 0, 1e-10);
        Assert.True(slope.abs().max().item<double>() > 0.1);
        Assert.True(Derivative.Compute(slope.sin().sum(), at, createGraph: false).isfinite().all().item<bool>());
    }

    /// <summary>The smallest probability over the outputs that a set and the turned set give the same, times their number
    /// (Bonferroni), and the largest difference of means in standard errors.</summary>
    private static (double Probability, double Means) Compare(string name, LieResNetOptions lift)
    {
        manual_seed(2);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var group = LieGroups.Parse(name);
        using var network = new LieResNet(group, lift with
        {
            Inputs = 1, Outputs = 4, Layers = 1, Channels = [8],
            Block = lift.Block with { BatchNorm = false, Neighborhood = NeighborhoodKind.Everything },
        });
        foreach (var parameter in network.parameters()) parameter.mul_(3);               // away from a linear function
        var x = group.PointDim == 2
            ? tensor(new[,] { { 0.0, 0 }, { 1.1, 0.2 }, { 0.3, -0.7 }, { 0, 0 } })
            : tensor(new[,] { { 0.0, 0, 0.4 }, { 1.0, 0.6, 0.2 }, { -0.5, 0.9, 0.8 }, { 0, 0, -0.2 } });
        var motion = group.Exp(tensor(name switch
        {
            "RxSO2" => [0.7, 1.3], "SE3[2,5]" => [1.3, 0.4], _ => new[] { 1.3 },
        }));
        var values = tensor(new[,] { { 1.0 }, { -0.6 }, { 0.3 }, { 0.8 } });
        Tensor Many(Tensor one) => one.to(ScalarType.Float32).expand(Copies, -1, -1).contiguous();
        Tensor Outputs(Tensor points, ulong seed) => network.call(
            new PointSet(Many(points), Many(values)), new GeneratorDraws(new Generator(seed))).to(ScalarType.Float64);
        var (before, after) = (Outputs(x, 1), Outputs(group.Act(motion, x), 2));
        var probability = Math.Min(1, 4 * Enumerable.Range(0, 4).Min(
            i => TwoSamples.SameDistribution(before.select(1, i), after.select(1, i))));
        var error = ((before.var(0L) + after.var(0L)) / Copies).sqrt() + 1e-9;
        return (probability, ((before.mean([0L]) - after.mean([0L])).abs() / error).max().item<double>());
    }
}
