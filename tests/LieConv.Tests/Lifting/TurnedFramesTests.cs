using LieConv.Groups;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Lifting;

/// <summary>Frames that a training turns: still lifts, still equivariant, and other ones.</summary>
public sealed class TurnedFramesTests
{
    public static MatrixTheoryData<string, bool> Cases => new(["SE2", "SO3", "SE3"], [false, true]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lift_TurnedFrames_DifferByElementsOfTheStabilizer(string name, bool shared)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        using var generator = new Generator(2);
        var points = randn([2, 5, group.PointDim], dtype: ScalarType.Float64, generator: generator);
        var options = new LiftOptions { Framed = true, SharedAcrossPoints = shared };
        var plain = group.Lift(points, options, NoDraws.Instance).Elements;
        var turned = group.Lift(points, options, new TurnedFrames(tensor(new[] { 0.7, -1.1 }))).Elements;
        var angles = group.Log(group.Between(plain, turned));                                         // (g, n, d)
        var lengths = angles.norm(-1);
        Assert.InRange((lengths[0] - 0.7).abs().max().item<double>(), 0, 1e-12);
        Assert.InRange((lengths[1] - 1.1).abs().max().item<double>(), 0, 1e-12);
        var none = group.Lift(points, options, new TurnedFrames(zeros([2], dtype: ScalarType.Float64))).Elements;
        Assert.InRange(group.Log(group.Between(plain, none)).abs().max().item<double>(), 0, 1e-7);
    }

    [Fact]
    public void TurnedFrames_AskedForADraw_Refuses() =>
        Assert.Throws<InvalidOperationException>(
            () => new TurnedFrames(zeros(1)).Angles([1], ScalarType.Float32, CPU));
}
