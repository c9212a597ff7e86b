using LieConv.Groups;
using LieConv.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

public sealed class PlaneMotionsTests
{
    [Fact]
    public void Relative_AnyMotions_IsThatOfPlainOperationsInDoublePrecision()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var turns = cat([tensor(new[] { 0, 1e-8f, -1e-3f, 3.1415925f, -3.1415925f, 7, 100 }), linspace(-10, 10, 4090)]);
        var neighbours = cat([turns.unsqueeze(1), randn([4097, 2], generator: generator)], 1).view(1, 17, 241, 3);
        var centres = cat(
            [linspace(-4, 4, 17).unsqueeze(1), randn([17, 2], generator: generator)], 1).view(1, 17, 1, 3);
        Assert.True(PlaneMotions.Supports(centres, neighbours));
        Check(centres, neighbours);
        Check(neighbours, centres);
        Check(neighbours, neighbours);

        static void Check(Tensor queries, Tensor neighbours)
        {
            var group = new SE2();
            var expected = group.Relative(
                new(queries.to(ScalarType.Float64), null), new(neighbours.to(ScalarType.Float64), null));
            var error = (group.Relative(new(queries, null), new(neighbours, null)) - expected).abs();
            // Near half a turn rounding may tell the sign of the angle, and with it the logarithm.
            var isClear = expected.select(-1, 0).abs() < 3.1415;
            Assert.InRange(error[isClear].max().item<double>(), 0, 2e-5);
            Assert.True(isClear.sum().item<long>() > 4000);
        }
    }

    [Fact]
    public void Supports_ElementsThatAskForADerivative_LeavesThemToPlainOperations()
    {
        using var scope = NewDisposeScope();
        var (element, asking) = (zeros(5, 3), zeros(5, 3).requires_grad_());
        Assert.False(PlaneMotions.Supports(element, asking));
        Assert.True(new SE2().Relative(new(asking, null), new(element, null)).requires_grad);
        using var off = no_grad();
        Assert.True(PlaneMotions.Supports(element, asking));
    }
}
