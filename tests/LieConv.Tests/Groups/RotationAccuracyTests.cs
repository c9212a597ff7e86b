using LieConv.Groups;
using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

[Trait("Category", "Laws")]
public sealed class RotationAccuracyTests
{
    [Theory]
    [InlineData(1e-1), InlineData(1e-3), InlineData(1e-6), InlineData(1e-9), InlineData(1e-12)]
    public void LogOfExp_Float64JustBelowPi_IsExact(double gap)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        foreach (var group in new LieGroup[] { new SO3(), new SE3(), new SE2() })
        {
            var rotations = group is SE2 ? 1 : 3;
            var a = randn([1000, group.AlgebraDim], dtype: ScalarType.Float64, generator: generator);
            var w = a.narrow(-1, 0, rotations);
            var rest = a.narrow(-1, rotations, group.AlgebraDim - rotations);
            a = cat([w / w.norm(-1, keepdim: true) * (Math.PI - gap), rest], -1);
            Assert.InRange((group.Log(group.Exp(a)) - a).abs().max().item<double>(), 0, 1e-13);
            var throughMatrix = group.Log(group.FromMatrix(group.ToMatrix(group.Exp(a))));
            if (gap > 1e-8) Assert.InRange((throughMatrix - a).abs().max().item<double>(), 0, 1e-9);
        }
    }

    [Fact]
    public void LogOfExp_Float64AtPi_HasLengthPi()
    {
        using var scope = NewDisposeScope();
        var w = eye(3, dtype: ScalarType.Float64) * Math.PI;
        var log = new SO3().Log(new SO3().Exp(w));
        Assert.InRange((log.abs() - w).abs().max().item<double>(), 0, 1e-14);
    }

    [Fact]
    public void ExpOfLog_Float32MillionUniformRotations_RelativeErrorBelow1e5()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(4);
        var group = new SO3();
        var worst = 0f;
        for (var part = 0; part < 10; part++)
        {
            using var inner = NewDisposeScope();
            var g = new GeneratorDraws(generator).Quaternions([100_000], ScalarType.Float32, CPU);
            var matrix = group.ToMatrix(g);
            var again = group.ToMatrix(group.Exp(group.Log(group.FromMatrix(matrix))));
            var error = (again - matrix).square().sum([-2L, -1L]).sqrt() / matrix.square().sum([-2L, -1L]).sqrt();
            worst = Math.Max(worst, error.max().item<float>());
        }
        Assert.InRange(worst, 0, 1e-5f);
    }

    [Theory]
    [InlineData("SO3"), InlineData("SE3"), InlineData("SE2")]
    public void LogOfExp_TinyTangents_KeepTheirRelativeDigits(string name)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var group = LieGroups.Parse(name);
        foreach (var size in new[] { 1e-3, 1e-7, 1e-12 })
        {
            var a = randn([100, group.AlgebraDim], dtype: ScalarType.Float32, generator: generator) * size;
            Assert.InRange(((group.Log(group.Exp(a)) - a).abs() / size).max().item<float>(), 0, 2e-6f);
        }
    }

    [Theory]
    [InlineData(0.0), InlineData(1.0), InlineData(-3.0), InlineData(3.1415926)]
    public void Wrap_WithinHalfATurn_ChangesNothingAndHasSlopeOne(double angle)
    {
        using var scope = NewDisposeScope();
        foreach (var turns in new[] { -3, 0, 1, 2 })
        {
            var input = tensor(angle + turns * 2 * Math.PI).requires_grad_();
            var wrapped = Polar.Wrap(input);
            Assert.Equal(angle, wrapped.item<double>(), 1e-13);
            Assert.Equal(1.0, Derivative.Compute(wrapped, input, createGraph: false).item<double>());
        }
        Assert.Equal(Math.PI, Polar.Wrap(tensor(-Math.PI)).item<double>());
        Assert.Equal(Math.PI, Polar.Wrap(tensor(Math.PI)).item<double>());
    }

    [Fact]
    public void FromMatrix_EveryBranch_ReturnsTheQuaternionUpToSign()
    {
        using var scope = NewDisposeScope();
        var group = new SO3();
        // Half turns about each axis and the identity: each has another largest component.
        var q = eye(4, dtype: ScalarType.Float64) + 1e-9;
        q = q / q.norm(-1, keepdim: true);
        var back = group.FromMatrix(group.ToMatrix(q));
        Assert.InRange(((back * q).sum(-1).abs() - 1).abs().max().item<double>(), 0, 1e-15);
        Assert.InRange((back * (back * q).sum(-1, keepdim: true).sign() - q).abs().max().item<double>(), 0, 1e-15);
    }

    [Fact]
    public void SampleStabilizer_SE3_IsUniformOnTheRotations()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(6);
        var group = new SE3();
        var draws = group.SampleStabilizer([100_000], ScalarType.Float64, CPU, new GeneratorDraws(generator));
        // Uniform rotations have mean matrix 0, and |angle| with density (1 - cos θ) / π: mean π/2 + 2/π.
        var rotation = group.ToMatrix(draws).narrow(-1, 0, 3).narrow(-2, 0, 3);
        Assert.InRange(rotation.mean([0L]).abs().max().item<double>(), 0, 0.01);
        Assert.Equal(Math.PI / 2 + 2 / Math.PI, group.Log(draws).norm(-1).mean().item<double>(), 0.01);
    }
}
