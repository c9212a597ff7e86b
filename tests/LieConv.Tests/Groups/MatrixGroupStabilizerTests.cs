using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

public sealed class MatrixGroupStabilizerTests
{
    private static readonly LieResNetOptions Options = new() { Inputs = 1, Outputs = 1, Layers = 1, Channels = [4] };

    /// <summary>d - ρ: dimensions that are counted by hand. SL(2) fixes e_x by shears, Sim(2) the origin by rotations
    /// and scalings: neither is compact.</summary>
    [Theory]
    [InlineData("SL2", 1, false), InlineData("SL2WithoutSection", 1, false), InlineData("Sim2", 2, false)]
    [InlineData("Lorentz", 1, true), InlineData("LorentzFromGenerators", 1, true), InlineData("SE2", 1, true)]
    [InlineData("SO3", 1, true), InlineData("SE3", 3, true), InlineData("Scalings", 0, false)]
    public void StabilizerDim_OfAGroup_IsCounted(string name, int dimension, bool draws)
    {
        using var scope = NewDisposeScope();
        var group = Group(name);
        Assert.Equal(
            (dimension, dimension > 0, draws), (group.StabilizerDim, group.HasStabilizer, group.DrawsStabilizer));
        if (draws || dimension == 0)
        {
            using var network = new LieResNet(group, Options);
            return;
        }
        var error = Assert.Throws<ArgumentException>(() => new LieResNet(group, Options));
        Assert.Contains("are not compact, so that no draws of them", error.Message, StringComparison.Ordinal);
        var points = ones(1, 2, group.PointDim, dtype: ScalarType.Float64);
        Assert.Throws<ArgumentException>(() => group.Lift(
            points, new LiftOptions { Samples = 2 }, new GeneratorDraws(new Generator(1))));
        Assert.Throws<ArgumentException>(() => group.SampleStabilizer(
            [2], ScalarType.Float64, CPU, new GeneratorDraws(new Generator(1))));
    }

    [Theory]
    [InlineData("SL2WithoutSection"), InlineData("LorentzFromGenerators"), InlineData("SE3")]
    public void HasFrames_StabilizerWithoutFrames_IsFalseAndRefused(string name)
    {
        using var scope = NewDisposeScope();
        var group = Group(name);
        Assert.False(group.HasFrames);
        var error = Assert.Throws<ArgumentException>(() => new LieResNet(group, Options with
        {
            Block = Options.Block with { Frames = FrameChoice.Framed },
        }));
        Assert.Contains("has no frames", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Rotations that are uniform have mean 0 and second moments 1/3 in each entry.</summary>
    [Fact]
    public void SampleStabilizer_OfSE3FromGenerators_IsUniform()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        const int count = 3000;
        var group = MatrixGroupExamples.SE3();
        var rotations = group.ToMatrix(
            group.SampleStabilizer([count], ScalarType.Float64, CPU, new GeneratorDraws(generator)))
            .narrow(1, 0, 3).narrow(2, 0, 3);
        var error = (rotations.matmul(rotations.transpose(1, 2)) - eye(3, dtype: ScalarType.Float64)).abs().max();
        Assert.InRange(error.item<double>(), 0, 1e-12);
        var deviation = 5 / Math.Sqrt(count);
        Assert.InRange(rotations.mean([0L]).abs().max().item<double>(), 0, deviation * Math.Sqrt(1.0 / 3));
        Assert.InRange((rotations.square().mean([0L]) - 1.0 / 3).abs().max().item<double>(), 0, deviation * 0.3);
        // The trace 1 + 2 cos θ has the character's moments: mean 0, mean square 1, mean cube 1.
        var trace = rotations.diagonal(0, 1, 2).sum(-1);
        Assert.InRange((trace.square().mean() - 1).abs().item<double>(), 0, deviation * 1.5);
        Assert.InRange((trace.pow(3).mean() - 1).abs().item<double>(), 0, deviation * 4);
    }

    /// <summary>A turn of the whole circle may be two turns of a part: rotations in a plane at twice the speed of
    /// another.</summary>
    [Fact]
    public void SampleStabilizer_OfACircleWithTwoSpeeds_GoesRoundOnce()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(6);
        var generators = new double[5, 5, 5];
        (generators[0, 0, 1], generators[0, 1, 0], generators[0, 2, 3], generators[0, 3, 2]) = (-2, 2, -3, 3);
        for (var i = 0; i < 4; i++) generators[i + 1, i, 4] = 1;
        var group = new MatrixGroup(new MatrixGroupOptions
        {
            Name = "Two speeds", PointDim = 4, Generators = generators,
            Origin = _ => zeros(4, dtype: ScalarType.Float64),
        });
        var draws = group.ToMatrix(
            group.SampleStabilizer([4000], ScalarType.Float64, CPU, new GeneratorDraws(generator)));
        Assert.InRange(draws.narrow(1, 0, 4).narrow(2, 0, 4).mean([0L]).abs().max().item<double>(), 0, 0.06);
        // Angles 2t and 3t: cos 6t of both agree, and cos(3t)² - 1/2 has mean 0 only over whole periods.
        var (cos2, cos3) = (draws.select(1, 0).select(1, 0), draws.select(1, 2).select(1, 2));
        var sixfold = cos2.pow(3) * 4 - cos2 * 3 - (cos3.square() * 2 - 1);
        Assert.InRange(sixfold.abs().max().item<double>(), 0, 1e-12);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(1), InlineData(2)]
    public void LieResNet_StabilizerThatCannotBeDrawn_AsksForDraws(int planes)
    {
        // A circle whose speeds have no common measure never closes; a torus may or may not.
        var generators = new double[planes + 4, 5, 5];
        var second = planes - 1;
        (generators[0, 0, 1], generators[0, 1, 0]) = (-1, 1);
        (generators[second, 2, 3], generators[second, 3, 2]) = (-Math.Sqrt(2), Math.Sqrt(2));
        for (var i = 0; i < 4; i++) generators[planes + i, i, 4] = 1;
        var group = new MatrixGroup(new MatrixGroupOptions
        {
            Name = "Torus", PointDim = 4, Generators = generators, Origin = _ => zeros(4, dtype: ScalarType.Float64),
        });
        var error = Assert.Throws<ArgumentException>(() => new LieResNet(group, Options));
        Assert.Contains("expected a Stabilizer in MatrixGroupOptions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Constructor_DrawsOfAStabilizerThatIsNotCompact_SaysSo()
    {
        var error = Assert.Throws<ArgumentException>(() => new MatrixGroup(new MatrixGroupOptions
        {
            Name = "SL2",
            PointDim = 2,
            Generators = new double[,,] { { { 1, 0 }, { 0, -1 } }, { { 0, 1 }, { 0, 0 } }, { { 0, 0 }, { 1, 0 } } },
            Origin = _ => tensor([1.0, 0.0]),
            Stabilizer = (shape, dtype, device, _) =>
                eye(2, dtype: dtype, device: device).expand([.. shape, 2, 2]),
        }));
        Assert.Contains("The stabilizer of SL2 is not compact", error.Message, StringComparison.Ordinal);
    }

    private static MatrixGroup Group(string name) => name switch
    {
        "SL2" => MatrixGroupExamples.SL2(),
        "SL2WithoutSection" => MatrixGroupExamples.SL2WithoutSection(),
        "Sim2" => MatrixGroupExamples.Sim2(),
        "Lorentz" => MatrixGroupExamples.Lorentz(),
        "LorentzFromGenerators" => MatrixGroupExamples.LorentzFromGenerators(),
        "SE2" => MatrixGroupExamples.SE2(),
        "SE3" => MatrixGroupExamples.SE3(),
        "SO3" => MatrixGroupExamples.SO3(),
        _ => new MatrixGroup(new MatrixGroupOptions
        {
            Name = name,
            PointDim = 2,
            Generators = new double[,,] { { { 1, 0 }, { 0, 1 } }, { { 0, -1 }, { 1, 0 } } },
            Origin = _ => tensor([1.0, 0.0]),
        }),
    };
}
