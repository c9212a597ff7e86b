using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Equivariance;

[Trait("Category", "Equivariance")]
[Collection("Serial")]
public sealed class EquivarianceTests
{
    private static readonly LieResNetOptions Everything = new()
    {
        Inputs = 2, Outputs = 3, Layers = 2, Channels = [16],
        Block = new() { Neighborhood = NeighborhoodKind.Everything },
    };

    /// <summary>Groups whose lift is unique: nothing is drawn, so the network is exactly equivariant.</summary>
    public static TheoryData<string> ExactGroups =>
        ["T2", "Tx", "Ty", "SO2:0.2", "RxSO2:0.3", "Rx:0.1", "T3", "RxSQ", "SQ"];

    [Theory]
    [MemberData(nameof(ExactGroups))]
    public void LieResNet_Everything_IsEquivariantToRoundOff(string name)
    {
        Assert.InRange(Error(name, name, ScalarType.Float32), 0, 1e-5);
        Assert.InRange(Error(name, name, ScalarType.Float64), 0, 1e-12);
    }

    [Theory]
    [InlineData("T2", "SO2")]
    [InlineData("SO2", "T2")]
    [InlineData("Tx", "Ty")]
    [InlineData("SO2", "Rx")]
    [InlineData("Trivial2", "T2")]
    public void LieResNet_MovedByAnotherGroup_IsNotEquivariant(string model, string moves) =>
        Assert.True(Error(model, moves, ScalarType.Float64) > 1e-6);            // a million times what round-off allows

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Measure_OutputNotFiniteForOneElement_IsNotAnEquivariantModel(double fault)
    {
        using var scope = NewDisposeScope();
        var calls = 0;
        var points = new PointSet(ones(1, 4, 2), ones(1, 4, 1));
        // Invariant but for one of the moves: the largest of ten errors must not hide it.
        var error = EquivarianceReport.Measure(
            new SE2(), (_, _) => ones(3) * (++calls == 4 ? fault : 1), points, new EquivarianceOptions());
        Assert.False(error.Largest <= 1);
        Assert.False(error.Mean <= 1);
    }

    [Fact]
    public void Measure_OutputsBreakDownAfterAMove_IsNotANumber()
    {
        using var scope = NewDisposeScope();
        var points = new PointSet(ones([1, 3, 2]), ones([1, 3, 1]));
        var calls = 0;
        Tensor Broken(PointSet input, Draws draws) => ++calls == 2 ? input.Values * double.NaN : input.Values.alias();
        var error = EquivarianceReport.Measure(
            LieGroups.Parse("T2"), Broken, points, new EquivarianceOptions { Elements = 3 });
        Assert.Equal((double.NaN, double.NaN), (error.Largest, error.Mean));
    }

    private static double Error(string model, string moves, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        var group = LieGroups.Parse(model);
        using var network = new LieResNet(group, Everything);
        network.to(dtype);
        network.eval();
        using var generator = new Generator(9);
        var positive = rand([2, 20, group.PointDim], dtype: ScalarType.Float64, generator: generator) + 0.5;
        var values = randn([2, 20, 2], dtype: ScalarType.Float64, generator: generator);
        var points = new PointSet(positive.to(dtype), values.to(dtype));
        return EquivarianceReport.Measure(
            LieGroups.Parse(moves), (p, d) => network.call(p, d), points, new EquivarianceOptions()).Largest;
    }
}
