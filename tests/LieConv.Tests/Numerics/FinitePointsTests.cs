using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Neighbours;
using LieConv.Tests.Neighbours.Search;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Numerics;

/// <summary>A point that lies nowhere: refused where it counts, without influence where it is padding, and alike by every
/// kind of neighbourhood, from a table and by search.</summary>
[Collection("Serial")]
public sealed class FinitePointsTests
{
    public static TheoryData<NeighborhoodKind, bool, double> Cases => new(
        from kind in Enum.GetValues<NeighborhoodKind>()
        from searches in new[] { false, true }
        from value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity }
        select (kind, searches, value));

    [Theory]
    [Trait("Category", "Faults")]
    [MemberData(nameof(Cases))]
    public void FindNeighbours_PointThatIsNotFinite_IsRefusedByItsPlace(NeighborhoodKind kind, bool searches, double value)
    {
        using var scope = NewDisposeScope();
        foreach (var group in new LieGroup[] { new Translation(2), new SE2(), new SO2() })
        {
            var points = SearchCase.Lift(group, 60, ScalarType.Float32);
            points.Elements[1, 17, 0] = tensor((float)value);
            using var layer = SearchCase.Layer(group, kind, searches);
            var failure = Assert.Throws<ArgumentException>(
                () => layer.Finder.Find(points, null, points, null, null, SearchCase.Draws()));
            Assert.StartsWith("queries is not finite at point 17 of set 1", failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void LiftAndForward_PointThatIsNotFinite_IsRefusedByItsPlace(double value)
    {
        using var scope = NewDisposeScope();
        foreach (var group in (LieGroup[])[new Translation(3), new Trivial(3), new SO3(), new SE3()])
        {
            var x = rand(2, 5, 3);
            x[1, 4, 2] = tensor((float)value);
            Refused("points", () => group.Lift(x, LiftOptions.Default, SearchCase.Draws()));
            Refused("Coordinates", () => group.Lift(new PointSet(x, ones(2, 5, 1)), LiftOptions.Default, SearchCase.Draws()));
            foreach (var kind in Enum.GetValues<NeighborhoodKind>())
            {
                using var network = new LieResNet(
                    group, new LieResNetOptions
                    {
                        Inputs = 1, Outputs = 1, Channels = [4], Layers = 1, Block = new() { Neighborhood = kind },
                    });
                Refused("Coordinates", () => network.call(new PointSet(x, ones(2, 5, 1)), SearchCase.Draws()));
            }
        }

        void Refused(string name, Action action) => Assert.StartsWith(
            $"{name} is not finite at point 4 of set 1", Assert.Throws<ArgumentException>(action).Message,
            StringComparison.Ordinal);
    }

    /// <summary>What devices do that are not waited for, tried here on the CPU: the values of the point, and of no other,
    /// are no numbers, padding aside.</summary>
    [Fact]
    public void Mark_PointThatIsNotFinite_MakesItsValuesNoNumbers()
    {
        using var scope = NewDisposeScope();
        var x = rand(2, 4, 3);
        x[1, 2, 0] = tensor(float.NaN);
        x[0, 3, 1] = tensor(float.PositiveInfinity);
        var mask = ones([2, 4], dtype: ScalarType.Bool);
        mask[0, 3] = tensor(false);
        var marked = LieConv.Numerics.FinitePoints.Mark(ones(2, 4, 1, 5), x, mask);
        var expected = zeros([2, 4], ScalarType.Bool);
        expected[1, 2] = tensor(true);
        Assert.True(marked.isnan().all(-1).squeeze(-1).Equals(expected));
        Assert.Equal(35, marked.nan_to_num(0).sum().item<float>());
    }

    [Theory]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Forward_PaddingThatIsNotFinite_HasNoInfluence(double value)
    {
        using var scope = NewDisposeScope();
        foreach (var group in (LieGroup[])[new Translation(2), new SE2(), new SO2(), new Trivial(2)])
        foreach (var kind in Enum.GetValues<NeighborhoodKind>())
        {
            using var network = new LieResNet(
                group, new LieResNetOptions
                {
                    Inputs = 1, Outputs = 1, Channels = [4], Layers = 1, Block = new() { Neighborhood = kind },
                });
            network.to(ScalarType.Float64);
            network.eval();
            var x = rand([2, 6, 2], dtype: ScalarType.Float64) + 0.1;
            var mask = ones([2, 6], dtype: ScalarType.Bool);
            mask[1, 3..] = tensor(false);
            var clean = network.call(new PointSet(x, ones_like(x.narrow(-1, 0, 1)), mask), SearchCase.Draws());
            var spoilt = x.clone();
            spoilt[1, 3..] = tensor(value);
            var values = ones_like(x.narrow(-1, 0, 1));
            values[1, 3..] = tensor(value);
            var other = network.call(new PointSet(spoilt, values, mask), SearchCase.Draws());
            Assert.True(clean.allclose(other, 1e-12, 1e-12), $"{group} {kind}: {clean} against {other}");
        }
    }
}
