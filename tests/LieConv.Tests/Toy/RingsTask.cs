using LieConv.Training.Description;
using LieConv.Training.Learning;

namespace LieConv.Tests.Toy;

internal sealed class RingsTask : ObjectiveTask<RingsConfig>
{
    public RingsTask() : base("rings", "Rings of two radii.") =>
        (ExampleName, Predictor) = ("rings", new RingsPredictor(this));

    public override IReadOnlyList<Setting> Settings { get; } =
    [
        UsualSettings.Group() with { IsOfPreset = false },
        Setting.Count(UsualSettings.TrainOption, "trainCount", "Training rings."),
        Setting.Count("--channels", "channels", "Channels of the network."),
        .. UsualSettings.Training("rings"),
    ];

    public override IReadOnlyList<Metric> Metrics { get; } =
        [new("error", "error", "error") { Format = MetricFormat.Percent }, new("loss", "loss", "loss")];

    public override IReadOnlyList<NetworkChoice> Networks { get; } = [new("LieResNet", "SO2")];
    public override Objective CreateObjective(RingsConfig config) => new RingsObjective(config);
    public override string DescribeData(RingsConfig config) => $"{config.TrainCount} rings made in code";

    protected override RingsConfig CreatePreset(SettingValues given) =>
        new() { Train = new TrainOptions { Epochs = 20, Batch = 4, LearningRate = 0.02, EvaluateEvery = 5 } };
}
