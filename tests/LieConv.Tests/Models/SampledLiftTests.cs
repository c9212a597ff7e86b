using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Groups;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>A network with random lifts gives, on a set that is moved, other numbers of the same
/// distribution.</summary>
/// <remarks>Each draw is an item of one batch; the outputs are compared by the test of Kolmogorov and Smirnov, whose
/// probability is uniform where the distributions are the same. Seeds are fixed.</remarks>
[Collection("Serial")]
[Trait("Category", "Equivariance")]
public sealed class SampledLiftTests
{
    [Theory]
    [InlineData("SE2", 2, false), InlineData("SE2", 4, false), InlineData("SE2", 3, false)]
    [InlineData("SE2", 2, true), InlineData("SE2", 4, true), InlineData("SE3[2,3,4]", 2, true)]
    [InlineData("SO3", 1, false), InlineData("SO3", 1, true), InlineData("SO3", 2, true)]
    [InlineData("SE3", 1, true), InlineData("SE3[0,1,2]", 1, true)]
    public void Forward_SetMoved_HasTheSameDistribution(string name, int samples, bool shared) =>
        Assert.InRange(Probability(name, new()
        {
            Block = new() { LiftSamples = samples, SharedLift = shared },
        }), 1e-3, 1);

    /// <summary>The original's steps: opposite lifts lie on the cut of the logarithm, whose sign follows the angle that
    /// was drawn.</summary>
    [Theory]
    [InlineData(2, false), InlineData(2, true), InlineData(4, true)]
    public void Forward_OriginalSteps_HaveAnotherDistribution(int samples, bool shared) =>
        Assert.InRange(Probability(
            "SE2", new()
            {
                Block = new() { LiftSamples = samples, SharedLift = shared, OriginalLiftSteps = true },
            }), 0, 1e-7);

    /// <summary>One spin about the way to each point for all points: rotations to the points do not turn with them.
    /// </summary>
    [Fact]
    public void Forward_SharedSpinInSO3_HasAnotherDistribution() =>
        Assert.InRange(Probability("SO3", new(), draws => new SharedSpins(draws)), 0, 1e-7);

    /// <summary>The centre has no direction, and so no spin about it.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public void Forward_PointAtTheCentre_HasTheSameDistribution(bool shared) =>
        Assert.InRange(Probability("SO3", new() { Block = new() { SharedLift = shared } }, centre: true), 1e-3, 1);

    [Fact]
    [Trait("Category", "Faults")]
    public void Constructor_SharedLiftOfAMatrixGroup_IsRefused()
    {
        var group = MatrixGroupExamples.Lorentz();
        var failure = Assert.Throws<ArgumentException>(() => new LieResNet(group, new()
        {
            Block = new() { SharedLift = true },
        }));
        Assert.Contains("SO(1,2)", failure.Message);
        Assert.Contains("expected draws for each point", failure.Message);
        using var scope = NewDisposeScope();
        var points = tensor(new[,] { { 2.0, 0.3, 0.1 } }).unsqueeze(0);
        Assert.Throws<ArgumentException>(() => group.Lift(
            points, new LiftOptions { SharedAcrossPoints = true }, new GeneratorDraws(new Generator(1))));
    }

    /// <summary>The smallest probability over the outputs, times their number (Bonferroni).</summary>
    private static double Probability(
        string name, LieResNetOptions lift, Func<Draws, Draws>? changed = null, bool centre = false)
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
            ? tensor(new[,] { { 0.0, 0 }, { 1.1, 0.2 }, { 0.3, -0.7 } })
            : tensor(new[,] { { 0.4, 0.1, -0.3 }, { 1.0, 0.6, 0.2 }, { -0.5, 0.9, 0.8 } });
        if (centre) x[2] = 0;
        // Any motion that every one of the groups has: for the plane and about e_z a turn, else a generic rotation.
        var motion = group.PointDim == 2
            ? group.Exp(tensor([1.3, 0.4, -0.2]))
            : name.Contains("[2,3", StringComparison.Ordinal) ? group.Exp(tensor([1.3, 0.4, -0.2]))
            : name == "SE3" ? group.Exp(tensor([0.9, -1.1, 0.7, 0.3, 0.2, 0.1])) : group.Exp(tensor([0.9, -1.1, 0.7]));
        var values = tensor(new[,] { { 1.0 }, { -0.6 }, { 0.3 } });
        Tensor Outputs(Tensor points, ulong seed)
        {
            Draws draws = new GeneratorDraws(new Generator(seed));
            return network.call(
                new PointSet(Copies(points), Copies(values)), changed is null ? draws : changed(draws));
        }

        Tensor Copies(Tensor one) => one.to(ScalarType.Float32)
            .expand(lift.Block.LiftSamples <= 2 ? 12_000 : 3000, -1, -1).contiguous();

        var (before, after) = (Outputs(x, 1), Outputs(group.Act(motion, x), 2));
        var probability = Math.Min(1, 4 * Enumerable.Range(0, 4).Min(
            i => TwoSamples.SameDistribution(before.select(1, i), after.select(1, i))));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{name}, {lift.Block.LiftSamples} lifts, shared {lift.Block.SharedLift}: p = {probability:G3}");
        return probability;
    }

    /// <summary>The same spin for all points of an item.</summary>
    private sealed class SharedSpins(Draws inner) : Draws
    {
        public override Tensor Angles(long[] shape, ScalarType dtype, Device device) =>
            inner.Angles([shape[0], 1, shape[2]], dtype, device).expand(shape);

        public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device) =>
            inner.Quaternions(shape, dtype, device);

        public override Tensor Ranks(long[] shape, Device device) => inner.Ranks(shape, device);

        public override long[] Starts(ReadOnlySpan<long> validCounts) => inner.Starts(validCounts);
    }
}
