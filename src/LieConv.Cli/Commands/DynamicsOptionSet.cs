using System.CommandLine;
using LieConv.Dynamics.Networks;
using LieConv.Training.Json;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Cli.Commands;

/// <summary>The options of a training on moving particles, and the configuration that they make.</summary>
/// <param name="task"><see cref="DynamicsConfig.Springs"/> or <see cref="DynamicsConfig.NBody"/>.</param>
internal sealed class DynamicsOptionSet(string task)
{
    private readonly Option<string?> _network = CommonOptions.Text(
        "--network", $"{string.Join(", ", DynamicsNetworks.Known.Select(known => known.Name))} [default: HLieResNet].",
        "NAME");
    private readonly Option<string?> _group = CommonOptions.Group();
    private readonly Option<string?> _preset = CommonOptions.Preset(DynamicsPresets.Names, DynamicsPresets.Default);
    private readonly Option<string?> _dataRoot = CommonOptions.Text(
        "--data-root", "Folder that keeps the simulated trajectories [default: the usual data folder].", "DIR");
    private readonly Option<int?> _train =
        CommonOptions.Count("--train", "Training systems; fewer are trained for more epochs.");
    private readonly Option<int?> _particles = CommonOptions.Count("--particles", "Particles of a system.");
    private readonly Option<int?> _dimensions = CommonOptions.Number<int>(
        "--dim", "Dimensions of the space, 2 or 3.", "N", "2 or 3", value => value is 2 or 3);
    private readonly Option<string?> _solver = CommonOptions.Text(
        "--solver", "Integrates the network's motion, such as rk4.", "NAME");
    private readonly TrainOptionSet _training =
        new("systems", DynamicsPresets.WithEpochs, precisions: "float32 or float64");
    private readonly Option<string[]> _set = CommonOptions.Set();

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All =>
    [
        _network, _group, _preset, _dataRoot, _train, _particles, _dimensions, _solver, .. _training.All, _set,
    ];

    /// <summary>The first of them that was given, or null.</summary>
    public Option? FirstGiven(ParseResult result) => All.FirstGiven(result);

    /// <summary>The preset's settings with all that was given laid over.</summary>
    /// <exception cref="ArgumentException">If a preset, network, key or value is unknown.</exception>
    public DynamicsConfig Configure(ParseResult result)
    {
        var config = DynamicsPresets.Create(
            task, result.GetValue(_preset) ?? DynamicsPresets.Default, result.GetValue(_network),
            result.GetValue(_group), result.GetValue(_dimensions), result.GetValue(_train));
        var data = config.Data;
        config = config with
        {
            Data = data with
            {
                DataRoot = result.GetValue(_dataRoot) ?? data.DataRoot,
                Particles = result.GetValue(_particles) ?? data.Particles,
                Seed = result.GetValue(_training.Seed) ?? data.Seed,
            },
            Solver = result.GetValue(_solver) ?? config.Solver,
            Train = _training.Apply(result, config.Train),
        };
        return ConfigEditor.Apply(config, result.GetValue(_set) ?? []);
    }
}
