using System.CommandLine;
using LieConv.Training.Learning;

namespace LieConv.Cli.Commands;

/// <summary>The options that lie over <see cref="TrainOptions"/>, the same for every task. Threads and minutes are not
/// among them: a session that resumes a run may choose these anew, see <see cref="RunOptionSet"/>.</summary>
/// <param name="examples">What the examples are called, in the plural, such as digits.</param>
/// <param name="withEpochs">Sets the number of epochs and what follows from it; null where nothing does.</param>
/// <param name="precisions">The precisions that suit the task, for the help text.</param>
internal sealed class TrainOptionSet(
    string examples, Func<TrainOptions, int, TrainOptions>? withEpochs = null,
    string precisions = "float32, float64 or bf16 (large products)")
{
    private readonly Option<int?> _epochs = CommonOptions.Count("--epochs", $"Passes over the {examples}.");
    private readonly Option<int?> _batch =
        CommonOptions.Count("--batch", $"{char.ToUpperInvariant(examples[0])}{examples[1..]} of an optimiser step.");
    private readonly Option<double?> _rate = CommonOptions.LearningRate();
    private readonly Option<ScheduleKind?> _schedule = CommonOptions.Choice<ScheduleKind>(
        "--schedule", "How the rate goes on: cosine, constant or plateau.", "cosine, constant or plateau");
    private readonly Option<double?> _warmUp = CommonOptions.Number<double>(
        "--warm-up", "Fraction of all steps over which the rate rises.", "X", "a number from 0 to 1",
        value => value is >= 0 and <= 1);
    private readonly Option<double?> _clip = CommonOptions.Number<double>(
        "--clip", "Greatest length of a gradient; 0 for no limit.", "X", "a number from 0 (no limit)",
        value => value >= 0);
    private readonly Option<double?> _ema = CommonOptions.Number<double>(
        "--ema", "Decay of averaged weights, such as 0.999; 0 for none.", "X", "a number from 0 (none) to below 1",
        value => value is >= 0 and < 1);
    private readonly Option<int?> _earlyStopping = CommonOptions.Number<int>(
        "--early-stopping", "Stop after so many evaluations without progress.", "N", "a whole number from 0 (never)",
        value => value >= 0);
    private readonly Option<long?> _seed = CommonOptions.Seed();
    private readonly Option<string?> _device = CommonOptions.Device();
    private readonly Option<string?> _precision = CommonOptions.Precision(precisions);

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All =>
    [
        _epochs, _batch, _rate, _schedule, _warmUp, _clip, _ema, _earlyStopping, _seed, _device, _precision,
    ];

    /// <summary>The seed, which also decides what an untrained network is.</summary>
    public Option<long?> Seed => _seed;

    /// <summary>The settings with all that was given laid over.</summary>
    public TrainOptions Apply(ParseResult result, TrainOptions train)
    {
        if (result.GetValue(_epochs) is { } epochs)
            train = withEpochs?.Invoke(train, epochs) ?? train with { Epochs = epochs };
        return train with
        {
            Batch = result.GetValue(_batch) ?? train.Batch,
            LearningRate = result.GetValue(_rate) ?? train.LearningRate,
            Schedule = result.GetValue(_schedule) ?? train.Schedule,
            WarmUp = result.GetValue(_warmUp) ?? train.WarmUp,
            GradientClip = result.GetValue(_clip) ?? train.GradientClip,
            Ema = result.GetValue(_ema) ?? train.Ema,
            EarlyStopping = result.GetValue(_earlyStopping) ?? train.EarlyStopping,
            Seed = result.GetValue(_seed) ?? train.Seed,
            Device = result.GetValue(_device) ?? train.Device,
            Precision = result.GetValue(_precision) ?? train.Precision,
        };
    }
}
