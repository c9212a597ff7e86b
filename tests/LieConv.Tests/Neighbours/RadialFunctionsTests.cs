using LieConv.Groups;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours;

/// <summary>Functions of distances that kernel networks read: those of the formula, smooth where points coincide and at the
/// cutoff, and refused where distances are no invariants.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class RadialFunctionsTests
{
    private const double Cutoff = 1.7;

    public static TheoryData<string> RigidGroups =>
    [
        "T2", "T3", "Tx", "Ty3", "Trivial2", "Trivial3", "SO2", "SE2", "SO3", "SE3", "SE3[2,5]", "SE3[0]", "SE3[1,3,5]",
        "SE3[0,1,2]", "SE2[0]", "RxSO2[1]", "T3[0,1,2]",
    ];

    /// <summary>Rigid motions keep distances: whatever the lifts, those of relative coordinates are those of the points.
    /// </summary>
    [Theory]
    [MemberData(nameof(RigidGroups))]
    public void Squares_LiftedPoints_AreThoseOfThePoints(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var group = Group(name);
        var points = randn([1, 6, group.PointDim], ScalarType.Float64, generator: generator);
        var lifted = group.Lift(points, LiftOptions.Default, new GeneratorDraws(generator));
        var others = new LiftedElements(lifted.Elements.roll(1, 1), lifted.Orbits?.roll(1, 1));
        var functions = RadialFunctions.Create(group, 4, Cutoff, isAlone: false)!;
        var relative = group.Relative(lifted, others);
        var expected = (points - points.roll(1, 1)).square().sum(-1);
        Assert.True((functions.Squares(relative).squeeze(-1) - expected).abs().max().item<double>() < 1e-10);
        Assert.Equal(group.RelativeDim + 4, functions.Extend(relative).shape[^1]);
        Assert.Equal(0, (functions.Extend(relative).narrow(-1, 0, group.RelativeDim) - relative).abs().sum().item<double>());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(1.2)]
    [InlineData(1.699)]
    [InlineData(1.7)]
    [InlineData(40.0)]
    public void Extend_Distance_IsTheFormula(double distance)
    {
        using var scope = NewDisposeScope();
        var functions = RadialFunctions.Create(new Translation(3), 7, Cutoff, isAlone: true)!;
        var direction = tensor([2.0, -1, 2]) / 3;
        var found = functions.Extend(direction * distance).data<double>().ToArray();
        var s = Math.Min(1, distance / Cutoff);
        for (var k = 0; k < 7; k++)
            Assert.Equal(Math.Pow(1 - s * s, 3) * Math.Cos(k * Math.PI * s), found[k], 12);
    }

    /// <summary>Of a function f(r) with f'(0) = 0 the second derivatives in space at 0 are f''(0), which by the series of the
    /// formula is -(6 + k²π²)/c²; at the cutoff the first and second are 0 from both sides.</summary>
    [Fact]
    public void Extend_CoincidentPointsAndCutoff_HasTheDerivativesOfTheSeries()
    {
        using var scope = NewDisposeScope();
        var functions = RadialFunctions.Create(new Translation(3), 3, Cutoff, isAlone: true)!;
        for (var k = 0; k < 3; k++)
        {
            var (first, second) = Derivatives(functions, [0, 0, 0], k);
            Assert.Equal(0, first, 12);
            Assert.Equal(-(6 + k * k * Math.PI * Math.PI) / (Cutoff * Cutoff), second, 9);
            foreach (var edge in (double[])[Cutoff, Cutoff * (1 - 1e-7), Cutoff * (1 + 1e-7)])
            {
                (first, second) = Derivatives(functions, [edge, 0, 0], k);
                Assert.Equal(0, first, 5);
                Assert.Equal(0, second, 4);
            }
        }
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("RxSO2", "RadialBasis is 4, but RxSO2 scales, so that distances of points are not invariant; expected 0,")]
    [InlineData("Rx", "RadialBasis is 4, but Rx scales, so that distances of points are not invariant; expected 0,")]
    [InlineData("RxSQ", "RadialBasis is 4, but RxSQ is not known to keep distances of points; expected 0,")]
    [InlineData("SQ", "RadialBasis is 4, but SQ is not known to keep distances of points; expected 0,")]
    public void Create_GroupThatChangesDistances_IsOneSentence(string name, string expected) => Assert.StartsWith(
        expected,
        Assert.Throws<ArgumentException>(() => RadialFunctions.Create(Group(name), 4, Cutoff, false)).Message);

    private static LieGroup Group(string name)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0
            ? LieGroups.Parse(name)
            : LieSubgroup.Create(
                LieGroups.Parse(name[..bracket]), name[(bracket + 1)..^1].Split(',').Select(int.Parse));
    }

    private static (double First, double Second) Derivatives(RadialFunctions functions, double[] at, int k)
    {
        using var scope = NewDisposeScope();
        var x = tensor(at).requires_grad_();
        var slope = Derivative.Compute(functions.Extend(x)[k], x, createGraph: true);
        var curvature = Derivative.Compute(slope[0], x, createGraph: false);
        return (slope[0].item<double>(), curvature[0].item<double>());
    }
}
