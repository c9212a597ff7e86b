using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>What a network says of sets and of their points: laws that hold for any weights.</summary>
[Trait("Category", "Equivariance")]
[Collection("Serial")]
public sealed class PointNetworkTests
{
    private const int Sets = 3, Points = 6;

    /// <summary>Both kinds of answers, of exact networks, under random elements of the group.</summary>
    [Theory]
    [InlineData("T2", FrameChoice.Sampled), InlineData("SE2", FrameChoice.Weighted), InlineData("SE3", FrameChoice.Weighted)]
    public void Forward_MovedSets_LeavesBothAnswersAlone(string name, FrameChoice frames)
    {
        Assert.InRange(Change(name, name, frames, ScalarType.Float64), 0, 1e-10);
        Assert.InRange(Change(name, name, frames, ScalarType.Float32), 0, 1e-4);
    }

    /// <summary>The same test sees a network of too small a group.</summary>
    [Theory]
    [InlineData("Trivial2", "T2"), InlineData("T2", "SE2"), InlineData("T3", "SE3")]
    public void Forward_MovedByALargerGroup_Changes(string network, string moves) =>
        Assert.InRange(Change(network, moves, FrameChoice.Sampled, ScalarType.Float64), 1e-3, double.MaxValue);

    [Fact]
    public void Forward_Centred_IsBlindToTranslations()
    {
        Assert.InRange(Change("Trivial2", "T2", FrameChoice.Sampled, ScalarType.Float64, centred: true), 0, 1e-10);
        Assert.InRange(Change("SO2", "SE2", FrameChoice.Weighted, ScalarType.Float64, centred: true), 0, 1e-10);
    }

    /// <summary>A set says the same by itself and in a batch with larger ones, whatever stands in the padding.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public void Forward_PaddedSet_SaysWhatItSaysAlone(bool centred)
    {
        using var scope = NewDisposeScope();
        using var network = Network("SE2", FrameChoice.Weighted, ScalarType.Float64, centred);
        var points = Batch(2, ScalarType.Float64);
        var alone = new PointSet(points.Coordinates[0..1, 0..4], points.Values[0..1, 0..4]);
        var (coordinates, mask) = (points.Coordinates.clone(), ones([Sets, Points], ScalarType.Bool));
        coordinates[0, 4..] = tensor(1e3);
        mask[0, 4..] = tensor(false);
        var batch = Say(network, new PointSet(coordinates, points.Values, mask));
        var single = Say(network, alone);
        AssertClose(single.OfSets![0], batch.OfSets![0]);
        AssertClose(single.OfPoints![0], batch.OfPoints![0, ..4]);
    }

    [Fact]
    public void Forward_PermutedPoints_PermutesAnswersOfPointsOnly()
    {
        using var scope = NewDisposeScope();
        using var network = Network("SE2", FrameChoice.Weighted, ScalarType.Float64, false);
        var points = Batch(2, ScalarType.Float64);
        var order = tensor(new long[] { 3, 0, 5, 1, 4, 2 });
        var before = Say(network, points);
        var after = Say(network, new PointSet(
            points.Coordinates.index_select(1, order), points.Values.index_select(1, order)));
        AssertClose(before.OfSets!, after.OfSets!);
        AssertClose(before.OfPoints!.index_select(1, order), after.OfPoints!);
        Assert.True((before.OfPoints! - after.OfPoints!).abs().max().item<double>() > 1e-3);
    }

    /// <summary>One network for both says of sets the mean, or the sum, of what it says of points.</summary>
    [Theory]
    [InlineData(false), InlineData(true)]
    public void Forward_BothAnswers_HaveTheirShapesAndFiniteGradients(bool sum)
    {
        using var scope = NewDisposeScope();
        using var network = Network("T2", FrameChoice.Sampled, ScalarType.Float32, false, sum);
        var points = Batch(2, ScalarType.Float32);
        var said = Say(network, points);
        Assert.Equal([Sets, 3L], said.OfSets!.shape);
        Assert.Equal([Sets, Points, 2L], said.OfPoints!.shape);
        (said.OfSets.square().sum() + said.OfPoints.square().sum()).backward();
        foreach (var (name, parameter) in network.named_parameters())
            Assert.True(parameter.grad is { } grad && grad.isfinite().all().item<bool>(), name);
        Assert.True(network.parameters().Sum(own => own.grad!.abs().sum().item<float>()) > 0);
    }

    [Theory]
    [InlineData(2, 0), InlineData(0, 2)]
    public void Forward_OneKindOfAnswer_LeavesTheOtherOut(int ofSets, int ofPoints)
    {
        using var scope = NewDisposeScope();
        using var network = new PointNetwork(LieGroups.Parse("T2"), Options(FrameChoice.Sampled, 2) with
        {
            SetOutputs = ofSets, PointOutputs = ofPoints,
        });
        var said = Say(network, Batch(2, ScalarType.Float32));
        Assert.Equal((ofSets > 0, ofPoints > 0), (said.OfSets is not null, said.OfPoints is not null));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(0, 0, 1.0, "SetOutputs and PointOutputs are 0; expected one above 0.")]
    [InlineData(0, 1, 0.5, "TotalDownsampling is 0.5, but each point has an answer; expected 1.")]
    [InlineData(-1, 1, 1.0, "SetOutputs is -1; expected at least 0.")]
    public void Options_WrongOutputs_AreOneSentence(int sets, int points, double kept, string expected) =>
        Assert.Equal(expected, new PointNetworkOptions
        {
            SetOutputs = sets, PointOutputs = points, TotalDownsampling = kept,
        }.Validate()[0]);

    private static double Change(
        string network, string moves, FrameChoice frames, ScalarType dtype, bool centred = false)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var model = Network(network, frames, dtype, centred);
        var group = LieGroups.Parse(moves);
        var points = Batch(group.PointDim, dtype);
        using var generator = new Generator(5);
        var moved = points with { Coordinates = new RandomMotions(group).Apply(points.Coordinates, null, generator) };
        var (before, after) = (Say(model, points), Say(model, moved));
        return Math.Max(
            Relative(before.OfSets!, after.OfSets!), Relative(before.OfPoints!, after.OfPoints!));
    }

    private static double Relative(Tensor before, Tensor after) =>
        ((after - before).abs().max() / before.abs().max()).to(ScalarType.Float64).item<double>();

    private static void AssertClose(Tensor expected, Tensor actual) =>
        Assert.True((expected - actual).abs().max().item<double>() < 1e-10);

    /// <summary>With the same draws, whatever is shown.</summary>
    private static PointAnswers Say(PointNetwork network, PointSet points) =>
        network.call(points, new GeneratorDraws(new Generator(1)));

    private static PointNetwork Network(
        string group, FrameChoice frames, ScalarType dtype, bool centred, bool sum = false)
    {
        var parsed = LieGroups.Parse(group);
        random.manual_seed(2);
        var network = new PointNetwork(parsed, Options(frames, parsed.PointDim) with
        {
            Centred = centred, SumPooling = sum,
        });
        network.to(dtype);
        network.eval();
        return network;
    }

    private static PointNetworkOptions Options(FrameChoice frames, int values) => new()
    {
        Inputs = values, SetOutputs = 3, PointOutputs = 2, Layers = 2, Channels = 8,
        Block = new() { Neighborhood = NeighborhoodKind.Everything, Frames = frames },
    };

    private static PointSet Batch(int dimensions, ScalarType dtype)
    {
        using var generator = new Generator(3);
        Tensor Draw() => randn([Sets, Points, dimensions], ScalarType.Float64, generator: generator).to(dtype);
        return new PointSet(Draw(), Draw());
    }
}
