using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using LieConv.Training.Learning;
using LieConv.Training.Pictures;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Toy;

internal sealed class RingsObjective : Objective
{
    private const int Tested = 20;
    private readonly RingsConfig _config;
    private readonly LieResNet _network;

    public RingsObjective(RingsConfig config)
    {
        _config = config;
        _network = new LieResNet(LieGroups.Parse(config.Group), new LieResNetOptions
        {
            Inputs = 1, Outputs = 2, Layers = 2, Channels = [config.Channels], Block = new() { BatchNorm = false },
        });
        _network.to(config.Train.OpenDevice()).to(config.Train.Dtype);
    }

    public override nn.Module Model => _network;
    public override IReadOnlyDictionary<string, string> Identity => _config.Identity();
    public override long TrainCount => _config.TrainCount;
    public override bool HasValidation => false;
    public override string SelectionMetric => "error";

    public override BatchLoss TrainingLoss(ReadOnlySpan<long> examples, Generator generator)
    {
        var (points, labels) = Rings(examples.ToArray());
        return new BatchLoss(nn.functional.cross_entropy(Logits(points), labels), new Dictionary<string, double>());
    }

    public override Evaluation Evaluate(DataSplit split, Action<long, long> advance, CancellationToken interruption)
    {
        var (points, labels) = Rings([.. Enumerable.Range(0, Tested).Select(i => TrainCount + i)]);
        var logits = Logits(points);
        return new Figures(Tested, new Dictionary<string, double>
        {
            ["error"] = logits.argmax(1).ne(labels).to(ScalarType.Float64).mean().item<double>(),
            ["loss"] = nn.functional.cross_entropy(logits, labels).to(ScalarType.Float64).item<double>(),
        });
    }

    public override void WritePictures(string folder, Evaluation evaluation)
    {
        var figure = new PlotFigure(1, 1, 300, 300);
        var points = Rings([0]).Points.data<double>().ToArray().Chunk(2).ToArray();
        figure[0].Add.ScatterPoints(points.Select(p => p[0]).ToArray(), points.Select(p => p[1]).ToArray());
        figure.Write(Path.Combine(folder, "ring.png"), "A ring");
    }

    /// <summary>Logits of rings of points (b, n, 2), shape (b, 2).</summary>
    public Tensor Logits(Tensor points)
    {
        points = points.to(_config.Train.Dtype, _config.Train.OpenDevice());
        using var generator = new Generator(0);
        return _network.call(new PointSet(points, ones_like(points)[TensorIndex.Ellipsis, ..1]), new GeneratorDraws(generator));
    }

    private (Tensor Points, Tensor Labels) Rings(long[] examples)
    {
        var points = examples.Select(example =>
        {
            using var generator = new Generator((ulong)example);
            var angles = rand([8L], ScalarType.Float64, generator: generator) * (2 * Math.PI);
            return stack([angles.cos(), angles.sin()], 1) * (1 + example % 2);
        });
        return (stack(points), tensor(examples, device: _config.Train.OpenDevice()) % 2);
    }

    private sealed record Figures(long Count, IReadOnlyDictionary<string, double> Metrics) : Evaluation(Count, Metrics);
}
