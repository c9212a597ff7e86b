using CsCheck;
using LieConv.Groups;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

public sealed class LieSubgroupTests
{
    [Theory]
    [InlineData("SE2", 5), InlineData("SO3", 4), InlineData("T3", 7), InlineData("RxSO2", 3)]
    [InlineData("SE3", 7 + 3 * 4 + 2)]
    public void Of_AllSubsets_AcceptsExactlyTheClosedOnes(string name, int expected)
    {
        using var scope = NewDisposeScope();
        var parent = LieGroups.Parse(name);
        var accepted = 0;
        for (var bits = 1; bits < 1 << parent.AlgebraDim; bits++)
        {
            int[] kept = [.. Enumerable.Range(0, parent.AlgebraDim).Where(i => (bits >> i & 1) == 1)];
            try
            {
                var group = LieSubgroup.Create(parent, kept);
                Assert.Equal(kept.Length, group.AlgebraDim);
                accepted++;
            }
            catch (ArgumentException error)
            {
                Assert.Matches("the bracket of [0-9] and [0-9] has a component along [0-9]", error.Message);
            }
        }
        Assert.Equal(expected, accepted);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Of_NotASubgroup_NamesTheBracket()
    {
        var error = Assert.Throws<ArgumentException>(() => LieSubgroup.Create(new SE2(), [0, 1]));
        Assert.StartsWith(
            "The coordinates [0,1] of SE2 do not form a subgroup: the bracket of 0 and 1 has a component along 2.",
            error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(new int[0]), InlineData(new[] { 3 }), InlineData(new[] { -1 }), InlineData(new[] { 1, 1 })]
    public void Of_BadCoordinates_Throws(int[] coordinates) =>
        Assert.Throws<ArgumentException>(() => LieSubgroup.Create(new SE2(), coordinates));

    [Fact]
    public void Lift_RotationsInSE2_EqualSO2()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var draws = new GeneratorDraws(generator);
        var points = randn([1, 10, 2], dtype: ScalarType.Float64, generator: generator);
        var inside = LieSubgroup.Create(new SE2(), [0]).Lift(points, LiftOptions.Default, draws);
        var alone = new SO2().Lift(points, LiftOptions.Default, draws);
        Assert.InRange((inside.Elements.narrow(-1, 0, 1) - alone.Elements).abs().max().item<double>(), 0, 1e-15);
        Assert.InRange((inside.Orbits! - alone.Orbits!).abs().max().item<double>(), 0, 1e-15);
    }

    [Fact]
    [Trait("Category", "Equivariance")]
    public void Orbits_UnderTheSubgroup_AreInvariantAndOtherwiseNot()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var draws = new GeneratorDraws(generator);
        var screw = LieSubgroup.Create(new SE3(), [2, 5]);
        var points = randn([1, 10, 3], dtype: ScalarType.Float64, generator: generator);
        var orbits = screw.Lift(points, LiftOptions.Default, draws).Orbits!;
        var inside = screw.Act(screw.Exp(tensor([1.3, -2.0])), points);
        var outside = new SE3().Act(new SE3().Exp(tensor([0.3, 0, 0, 0, 0, 0])), points);
        Tensor Change(Tensor moved) => (screw.Lift(moved, LiftOptions.Default, draws).Orbits! - orbits).abs().max();
        Assert.InRange(Change(inside).item<double>(), 0, 1e-14);
        Assert.True(Change(outside).item<double>() > 0.1);
    }

    [Fact]
    public void Distance_Rx_WrapsTheAngleBetweenOrbits()
    {
        using var scope = NewDisposeScope();
        var relative = tensor([0.5, Math.PI - 0.1, -Math.PI + 0.1]);
        Assert.Equal(0.2 * 0.5 + 0.8 * 0.2, LieSubgroup.Rx().Distance(relative).item<double>(), 1e-12);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Parse_AnyText_ReturnsAGroupOrThrowsOneSentence()
    {
        string[] words = ["SE", "SO", "T", "Tx", "Rx", "SQ", "Trivial", "2", "3", "0", "(", ")", "[", "]", ",",
            ":", ".", "-", "9", " ", "e", "NaN", "α"];
        Gen.Int[0, words.Length - 1].List[0, 7].Select(list => string.Concat(list.Select(i => words[i]))).Sample(
            text =>
            {
                try
                {
                    return LieGroups.Parse(text).PointDim > 0;
                }
                catch (ArgumentException error)
                {
                    return error.Message.Length > 20 && !error.Message.Contains('\n', StringComparison.Ordinal);
                }
            },
            iter: 1000, threads: 1);
    }
}
