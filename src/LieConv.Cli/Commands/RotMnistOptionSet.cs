using System.CommandLine;
using LieConv.Training.Json;
using LieConv.Training.Tasks.Digits;

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
    private readonly TrainOptionSet _training = new("digits");
    private readonly Option<string[]> _set = CommonOptions.Set();

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All =>
        [_group, _preset, _dataRoot, _train, .. _training.All, _set];

    /// <summary>Those that decide what an untrained network is, in the order of the help text.</summary>
    public IReadOnlyList<Option> OfTheNetwork => [_group, _preset, _dataRoot, _training.Seed, _set];

    /// <summary>The first of them that was given, or null.</summary>
    public Option? FirstGiven(ParseResult result) => All.FirstGiven(result);

    /// <summary>The preset's settings with all that was given laid over.</summary>
    /// <exception cref="ArgumentException">If a preset, key or value is unknown.</exception>
    public RotMnistConfig Configure(ParseResult result)
    {
        var config = RotMnistPresets.Create(
            result.GetValue(_preset) ?? RotMnistPresets.Default, result.GetValue(_group));
        var data = config.Data;
        config = config with
        {
            Data = data with
            {
                DataRoot = result.GetValue(_dataRoot) ?? data.DataRoot,
                TrainCount = result.GetValue(_train) ?? data.TrainCount,
            },
            Train = _training.Apply(result, config.Train),
        };
        return ConfigEditor.Apply(config, result.GetValue(_set) ?? []);
    }
}
