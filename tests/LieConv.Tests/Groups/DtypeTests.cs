using LieConv.Groups;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

public sealed class DtypeTests
{
    [Theory]
    [InlineData("T2"), InlineData("Trivial3"), InlineData("SO2"), InlineData("RxSO2"), InlineData("RxSQ")]
    [InlineData("SE2"), InlineData("SO3"), InlineData("SE3"), InlineData("Rx"), InlineData("SE3[2,5]")]
    public void LiftAndRelative_EveryDtype_KeepIt(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = LieGroups.Parse(name);
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32, ScalarType.BFloat16 })
        {
            var points = (randn([1, 6, group.PointDim], generator: generator).abs() + 0.1).to(dtype);
            var lift = group.Lift(points, LiftOptions.Default, new GeneratorDraws(generator));
            var next = new LiftedElements(lift.Elements.roll(1, 1), lift.Orbits?.roll(1, 1));
            var relative = group.Relative(lift, next);
            Assert.Equal(dtype, relative.dtype);
            Assert.Equal(dtype, group.Exp(relative.narrow(-1, 0, group.AlgebraDim)).dtype);
            Assert.Equal(dtype, group.Distance(relative).dtype);
            Assert.True(relative.isfinite().all().item<bool>());
        }
    }

    [Theory]
    [InlineData("T2"), InlineData("SO2"), InlineData("SE2"), InlineData("SO3"), InlineData("SE3")]
    public void Compose_LeadingShapes_Broadcast(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var left = group.Exp(zeros(5, 1, group.AlgebraDim));
        var right = group.Exp(zeros(2, 1, 3, group.AlgebraDim));
        Assert.Equal([2L, 5, 3, group.ElementDim], group.Compose(left, right).shape);
        Assert.Equal([2L, 5, 3, group.ElementDim], group.Between(left, right).shape);
        Assert.Equal([2L, 5, 3, group.PointDim], group.Act(left, zeros(2, 1, 3, group.PointDim)).shape);
    }

    [Theory]
    [InlineData("T2"), InlineData("Trivial2"), InlineData("SE2")]
    public void Methods_ReturnFreshTensors_AndLeaveTheirInputsAlive(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var points = randn(1, 4, 2);
        var lift = group.Lift(points, LiftOptions.Default, new GeneratorDraws(new Generator(1)));
        lift.Elements.Dispose();
        lift.Orbits?.Dispose();
        Assert.False(points.IsInvalid);
        var tangent = zeros(3, group.AlgebraDim);
        group.Exp(tangent).Dispose();
        Assert.Equal(0f, tangent.sum().item<float>());
    }
}
