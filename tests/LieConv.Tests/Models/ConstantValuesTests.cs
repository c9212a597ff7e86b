using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

/// <summary>Shapes that are told by their points alone, with the value 1 at each: everybody's first try.</summary>
[Collection("Serial")]
public sealed class ConstantValuesTests
{
    private const int Points = 8;

    /// <summary>Early in a training, too, as soon as the other channels have forgotten the 0 and 1 that their statistics start
    /// from: constants have no noise to average, so that theirs are those of the newest batch.</summary>
    [Theory]
    [InlineData(20, 0.3), InlineData(40, 0.1), InlineData(60, 0.1), InlineData(160, 0.1), InlineData(250, 0.1)]
    public void Network_ConstantValues_IsAsRightInEvaluationAsInTraining(int steps, double momentum)
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var network = new LieResNet(new SE2(), new LieResNetOptions
        {
            Inputs = 1, Outputs = 2, Channels = [16], Layers = 2, DownsampleFraction = 0.75, FillFractions = [1],
            Block = new() { SampleCount = Points, NormMomentum = momentum },
        });
        using var adam = optim.Adam(network.parameters(), 5e-3);
        using var generator = new Generator(2);
        for (var step = 0; step < steps; step++)
        {
            using var inner = NewDisposeScope();
            var (points, labels) = Shapes(20, generator);
            adam.zero_grad();
            nn.functional.cross_entropy(network.call(points, new GeneratorDraws(generator)), labels).backward();
            adam.step();
        }
        using var off = no_grad();
        var (test, expected) = Shapes(200, generator);
        double Right()
        {
            var logits = network.call(test, new GeneratorDraws(new Generator(5)));
            return (logits.argmax(1) == expected).to(ScalarType.Float64).mean().item<double>();
        }
        network.eval();
        var inEvaluation = Right();
        network.train();
        var inTraining = Right();
        TestContext.Current.TestOutputHelper?.WriteLine($"{steps} steps, momentum {momentum}: training {inTraining:P1}, evaluation {inEvaluation:P1}");
        Assert.InRange(inTraining, 0.9, 1);
        Assert.InRange(inEvaluation, inTraining - 0.05, 1);
    }

    /// <summary>Circles of radius 1 and ellipses of half axes 1.8 and 0.4, turned at random.</summary>
    private static (PointSet Points, Tensor Labels) Shapes(int count, Generator generator)
    {
        var labels = arange(count, dtype: ScalarType.Int64) % 2;
        var isEllipse = labels.to(ScalarType.Float32).unsqueeze(-1);
        var turn = rand([count, 1], generator: generator) * 6.283;
        var angle = arange(Points, dtype: ScalarType.Float32).unsqueeze(0) * (2 * Math.PI / Points) +
            rand([count, 1], generator: generator) * 6.283;
        var (x, y) = (angle.cos() * (1 + 0.8 * isEllipse), angle.sin() * (1 - 0.6 * isEllipse));
        var coordinates = stack([x * turn.cos() - y * turn.sin(), x * turn.sin() + y * turn.cos()], -1);
        return (new PointSet(coordinates, ones(count, Points, 1)), labels);
    }
}
