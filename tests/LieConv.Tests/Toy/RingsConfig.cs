using LieConv.Training.Checkpoints;

namespace LieConv.Tests.Toy;

/// <summary>Points of the plane on a ring of radius 1 or of radius 2: which? No rotation changes the answer.</summary>
public sealed record RingsConfig : RunConfig
{
    public override string Task { get; init; } = "rings";
    public string Group { get; init; } = "SO2";
    public int TrainCount { get; init; } = 32;
    public int Channels { get; init; } = 8;
    public override IReadOnlyList<string> Validate() => Train.Validate(hasValidation: false);

    public override IReadOnlyDictionary<string, string> Identity() => new Dictionary<string, string>
    {
        ["task"] = Task, ["group"] = Group, ["channels"] = $"{Channels}", ["train.precision"] = Train.Precision,
    };
}
