using System.CommandLine;
using LieConv.Training.Configuration;

namespace LieConv.Cli.Commands;

/// <summary>The options of a training on rotated digits, and the configuration that they make.</summary>
internal sealed class RotMnistOptionSet
{
    private readonly Option<string?> _group = CommonOptions.Group();
    private readonly Option<string?> _preset =
        CommonOptions.Preset(RotMnistPresets.All.Select(preset => preset.Preset), RotMnistPresets.Default);
    private readonly Option<string?> _dataRoot = CommonOptions.DataRoot();
    private readonly Option<int?> _train =
        CommonOptions.Count("--train", "Training digits.");
    private readonly Option<int?> _epochs =
        CommonOptions.Count("--epochs", "Passes over the digits.");
    private readonly Option<int?> _batch =
        CommonOptions.Count("--batch", "Digits of an optimiser step.");
    private readonly Option<double?> _rate = CommonOptions.LearningRate();
    private readonly Option<long?> _seed = CommonOptions.Seed();
    private readonly Option<string?> _device = CommonOptions.Device();
    private readonly Option<string?> _precision = CommonOptions.Precision();
    private readonly Option<string[]> _set = CommonOptions.Set();

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All =>
        [_group, _preset, _dataRoot, _train, _epochs, _batch, _rate, _seed, _device, _precision, _set];

    /// <summary>Those that decide what an untrained network is, in the order of the help text.</summary>
    public IReadOnlyList<Option> OfTheNetwork => [_group, _preset, _dataRoot, _seed, _set];

    /// <summary>The first of them that was given, or null.</summary>
    public Option? FirstGiven(ParseResult result) =>
        All.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });

    /// <summary>The preset's settings with all that was given laid over.</summary>
    /// <exception cref="ArgumentException">If a preset, key or value is unknown.</exception>
    public RotMnistConfig Configure(ParseResult result)
    {
        var config = RotMnistPresets.Create(
            result.GetValue(_preset) ?? RotMnistPresets.Default, result.GetValue(_group));
        var (data, train) = (config.Data, config.Train);
        config = config with
        {
            Data = data with
            {
                DataRoot = result.GetValue(_dataRoot) ?? data.DataRoot,
                TrainCount = result.GetValue(_train) ?? data.TrainCount,
            },
            Train = train with
            {
                Epochs = result.GetValue(_epochs) ?? train.Epochs,
                Batch = result.GetValue(_batch) ?? train.Batch,
                LearningRate = result.GetValue(_rate) ?? train.LearningRate,
                Seed = result.GetValue(_seed) ?? train.Seed,
                Device = result.GetValue(_device) ?? train.Device,
                Precision = result.GetValue(_precision) ?? train.Precision,
            },
        };
        return ConfigEditor.Apply(config, result.GetValue(_set) ?? []);
    }
}
