using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

public sealed class RelativeMotionsTests
{
    [Fact]
    public void Relative_MotionsOfThePlane_AreThoseOfPlainOperationsInDoublePrecision()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var turns = cat([tensor(new[] { 0, 1e-8f, -1e-3f, 3.1415925f, -3.1415925f, 7, 100 }), linspace(-10, 10, 4090)]);
        var neighbours = cat([turns.unsqueeze(1), randn([4097, 2], generator: generator)], 1).view(1, 17, 241, 3);
        var centres = cat([linspace(-4, 4, 17).unsqueeze(1), randn([17, 2], generator: generator)], 1).view(1, 17, 1, 3);
        // Near half a turn rounding may tell the sign of the angle, and with it the logarithm.
        Check(new SE2(), centres, neighbours, relative => relative.select(-1, 0).abs() < 3.1415);
    }

    [Fact]
    public void Relative_MotionsOfSpace_AreThoseOfPlainOperationsInDoublePrecision()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var group = new SE3();
        var directions = randn([3000, 3], generator: generator);
        directions /= directions.norm(1, keepdim: true);
        var angles = cat([tensor(new[] { 0, 1e-9f, 1e-5f, 9.9e-4f, 2e-3f, 1, 3.14f }), linspace(0, 7, 2993)]);
        var tangents = cat([directions * angles.unsqueeze(1), randn([3000, 3], generator: generator)], 1);
        var neighbours = group.Exp(tangents).view(1, 1, 3000, 7);
        var centres = cat([group.Identity(ScalarType.Float32, CPU).view(1, 7), group.Exp(randn(4, 6))]).view(1, 5, 1, 7);
        Check(group, centres, neighbours, relative => relative.narrow(-1, 0, 3).norm(-1) < 3.14);
    }

    [Fact]
    public void Logs_ElementsThatAskForADerivative_AreLeftToPlainOperations()
    {
        using var scope = NewDisposeScope();
        var (element, asking) = (zeros(5, 3), zeros(5, 3).requires_grad_());
        Assert.Null(RelativeMotions.Logs<SE2.Motion>(element, asking));
        Assert.Null(RelativeMotions.Logs<SE2.Motion>(element.to(ScalarType.Float64), element.to(ScalarType.Float64)));
        Assert.True(new SE2().Relative(new(asking, null), new(element, null)).requires_grad);
        using var off = no_grad();
        Assert.NotNull(RelativeMotions.Logs<SE2.Motion>(element, asking));
    }

    [Fact]
    public void Relative_ElementsOfAnotherGroup_AreRefused()
    {
        using var scope = NewDisposeScope();
        var points = new LiftedElements(zeros(2, 4, 7), null);
        Assert.Contains("SE2", Assert.Throws<ArgumentException>(() => new SE2().Relative(points, points)).Message);
    }

    private static void Check(LieGroup group, Tensor centres, Tensor neighbours, Func<Tensor, Tensor> isClear)
    {
        foreach (var (u, v) in new[] { (centres, neighbours), (neighbours, centres), (neighbours, neighbours) })
        {
            var expected = group.Relative(Double(u), Double(v));
            var error = (group.Relative(new(u, null), new(v, null)) - expected).abs() / (1 + expected.abs());
            var clear = isClear(expected);
            Assert.InRange(error[clear].max().item<double>(), 0, 1e-6);
            Assert.True(clear.to(ScalarType.Float64).mean().item<double>() > 0.9);
        }

        static LiftedElements Double(Tensor elements) => new(elements.to(ScalarType.Float64), null);
    }
}
