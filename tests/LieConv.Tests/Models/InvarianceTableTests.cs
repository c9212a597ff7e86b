using LieConv.Dynamics;
using LieConv.Dynamics.Networks;
using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Invariance of networks with frames for special sets: group by kind of network by set by precision.
/// </summary>
[Trait("Category", "Equivariance")]
[Collection("Serial")]
public sealed class InvarianceTableTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-12;
    private const double SingleTolerance = 2e-5;

    public static TheoryData<string> Groups =>
        ["SE2", "SO2", "SE2[0,1,2]", "SE3", "SO3", "SE3[0,1,2]", "SE3[2,3,4]", "SE3[1,4]", "SO3[2]"];

    /// <summary>A moved set has the same output and the same energy, whatever its symmetry; the table is printed.
    /// </summary>
    [Theory]
    [MemberData(nameof(Groups))]
    public void Outputs_OfMovedSpecialSets_AreTheSame(string name)
    {
        var group = LieGroups.Parse(name);
        var columns = new List<(string, IReadOnlyList<(string, double)>)>();
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        foreach (var alike in new[] { true, false })
        {
            using var network = Network(group, dtype, framed: true);
            using var energy = Energy(group, dtype, frames: true);
            var kind = $"{(dtype == ScalarType.Float64 ? 64 : 32)} bit, {(alike ? "alike" : "different")}";
            columns.Add(($"LieResNet, {kind}", InvarianceTable.Of(group, Outputs(network), dtype, alike)));
            if (name.Length > 3) continue;                                   // the same mechanism as of the whole group
            columns.Add(($"energy, {kind}", InvarianceTable.Of(group, Outputs(energy), dtype, alike)));
        }
        output.WriteLine($"{name}\n" + InvarianceTable.Markdown(columns));
        foreach (var (column, changes) in columns)
            foreach (var (set, change) in changes)
                Assert.True(change < (column.Contains("64 bit") ? Tolerance : SingleTolerance),
                    $"{name}, {column}, {set}: {change}");
    }

    /// <summary>The control: without frames, groups that leave rotations out, and azimuths of opposite points, are not
    /// invariant under what the table moves sets by.</summary>
    [Theory]
    [InlineData("SE2", "T2", "hexagon"), InlineData("SE3", "T3", "methane"), InlineData("SO2", "SO2", "two points")]
    public void Outputs_WithoutFrames_Change(string mover, string name, string set)
    {
        var group = LieGroups.Parse(name);
        using var energy = Energy(group, ScalarType.Float64, frames: false);
        var changes = InvarianceTable.Of(LieGroups.Parse(mover), Outputs(energy), ScalarType.Float64, alike: false);
        Assert.True(changes.Single(change => change.Set == set).Change > 1e-3);
    }

    private static LieResNet Network(LieGroup group, ScalarType dtype, bool framed)
    {
        random.manual_seed(4);
        var network = new LieResNet(group, new LieResNetOptions
        {
            Inputs = 2, Outputs = 2, Layers = 2, Channels = [8],
            Block = new()
            {
                Neighborhood = NeighborhoodKind.Everything,
                Frames = framed ? FrameChoice.Framed : FrameChoice.Sampled, BatchNorm = false,
            },
        });
        SteepWeights.Of(network);
        network.to(dtype);
        network.eval();
        return network;
    }

    private static LieHamiltonian Energy(LieGroup group, ScalarType dtype, bool frames)
    {
        random.manual_seed(4);
        var network = new LieHamiltonian(group, new LieDynamicsOptions
        {
            Channels = 8, Layers = 1,
            Block = LieDynamicsOptions.UsualBlock with { Frames = frames ? FrameChoice.Framed : FrameChoice.Sampled },
        });
        SteepWeights.Of(network);
        network.to(dtype);
        network.eval();
        return network;
    }

    private static Func<PointSet, Tensor> Outputs(LieResNet network) => points =>
        network.call(points, NoDraws.Instance);

    private static Func<PointSet, Tensor> Outputs(LieHamiltonian network) => points =>
        network.Potential(points.Coordinates, new ParticleSystems(points.Values, points.Mask)).unsqueeze(-1);
}
