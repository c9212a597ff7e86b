using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Tests.Neighbours.Search;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>float16 and bfloat16: every group operation gives what float32 gives, rounded; networks work on them.</summary>
public sealed class HalfTypeTests
{
    public static TheoryData<string, ScalarType> Cases => new(
        from name in new[] { "T2", "Trivial3", "SO2", "RxSO2", "RxSQ", "SE2", "SO3", "SE3", "Rx", "SE3[2,5]" }
        from dtype in new[] { ScalarType.Float16, ScalarType.BFloat16 }
        select (name, dtype));

    [Theory]
    [MemberData(nameof(Cases))]
    public void PairDistances_HalfTypes_AreThoseOfFloat32Rounded(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = SearchCase.Lift(group, 12, dtype);
        var wide = new LiftedElements(points.Elements.to(ScalarType.Float32), points.Orbits?.to(ScalarType.Float32));
        var distances = group.PairDistances(points, points);
        Assert.Equal(dtype, distances.dtype);
        Assert.True(distances.Equals(group.PairDistances(wide, wide).to(dtype)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Distance_OfNoMotion_HasAFiniteGradient(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var relative = zeros([3, group.RelativeDim], dtype).requires_grad_();
        var distance = group.Distance(relative);
        distance.sum().backward();
        Assert.True(relative.grad!.isfinite().all().item<bool>());
        Assert.Equal(0f, distance.to(ScalarType.Float32).abs().max().item<float>());
    }

    [Theory]
    [InlineData("T2"), InlineData("SE2"), InlineData("SO3")]
    public void Network_BFloat16_GivesTheSameToItsPrecisionAndFiniteGradients(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        random.manual_seed(3);
        foreach (var kind in Enum.GetValues<NeighborhoodKind>())
        {
            using var network = new LieResNet(group, new LieResNetOptions
            {
                Inputs = 2, Outputs = 3, Channels = [16], Layers = 1,
                Block = new() { Neighborhood = kind, SampleCount = 6 },
            });
            network.eval();
            var (x, values) = (rand([4, 6, group.PointDim]), randn([4, 6, 2]));
            var full = network.call(new PointSet(x, values), SearchCase.Draws());
            network.to(ScalarType.BFloat16);
            var half = network.call(
                new PointSet(x.to(ScalarType.BFloat16), values.to(ScalarType.BFloat16)), SearchCase.Draws());
            Assert.Equal(ScalarType.BFloat16, half.dtype);
            Assert.InRange((half.to(ScalarType.Float32) - full).abs().max().item<float>(), 0, 0.1f);
            half.sum().backward();
            Assert.All(network.parameters(), p => Assert.True(p.grad is null || p.grad.isfinite().all().item<bool>()));
        }
    }
}
