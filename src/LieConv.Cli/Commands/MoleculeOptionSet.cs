using System.CommandLine;
using LieConv.Datasets.Molecules;
using LieConv.Molecules;
using LieConv.Training.Json;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Cli.Commands;

/// <summary>The options of a training on molecules, and the configuration that they make.</summary>
/// <param name="task">qm9, qm7 or md17.</param>
internal sealed class MoleculeOptionSet(string task)
{
    private static readonly string[] NeighbourSettings =
        ["model.neighborhood", "model.sampleCount", "model.fill", "model.blockFills"];

    private readonly Option<string?> _target = CommonOptions.Text(
        "--task", "What to learn: homo, lumo, gap, mu, alpha, Cv, G, H, r2, U, U0, zpve, or all at once.", "NAME");
    private readonly Option<string?> _molecule = CommonOptions.Text(
        "--molecule", "Which molecule of MD17 [default: ethanol].", "NAME");
    private readonly Option<string?> _network = CommonOptions.Text(
        "--network", $"{string.Join(", ", MolecularNetworks.Known.Select(known => known.Name))} " +
        $"[default: {MolecularLieResNet.ShortName}].", "NAME");
    private readonly Option<string?> _group = CommonOptions.Text(
        "--group", "The symmetry: T3, SE3, SO3, Trivial3 [default: T3].", "GROUP");
    private readonly Option<string?> _preset =
        CommonOptions.Preset(MoleculePresets.Names(task), MoleculePresets.Default);
    private readonly Option<string?> _dataRoot = task == MoleculeDataOptions.Qm9
        ? CommonOptions.DataRoot()
        : CommonOptions.Text("--data-root", "Folder with the data [default: the usual data folder].", "DIR");
    private readonly Option<int?> _train = CommonOptions.Count("--train", "Molecules to train on.");
    private readonly Option<int?> _validation =
        CommonOptions.Count("--validation", "Molecules to choose the best epoch by.");
    private readonly Option<int?> _test = CommonOptions.Count("--test", "Molecules to test on at most.");
    private readonly Option<string?> _split = CommonOptions.Text(
        "--split", "The three numbers at once; 0 to test on is all that are left.", "TRAIN,VALIDATION,TEST");
    private readonly Option<string?> _augmentation = CommonOptions.Text(
        "--augment", "How training molecules are moved at random: none, T3, SO3 or SE3.", "GROUP");
    private readonly TrainOptionSet _training = new("molecules");
    private readonly Option<string[]> _set = CommonOptions.Set();

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All =>
    [
        task == MoleculeDataOptions.Md17 ? _molecule : _target, _network, _group, _preset, _dataRoot, _train,
        _validation, _test, _split, _augmentation, .. _training.All, _set,
    ];

    /// <summary>The first of them that was given, or null.</summary>
    public Option? FirstGiven(ParseResult result) => All.FirstGiven(result);

    /// <summary>The preset's settings with all that was given laid over.</summary>
    /// <exception cref="ArgumentException">If a preset, network, key or value is unknown.</exception>
    public MoleculeConfig Configure(ParseResult result)
    {
        var forces = task == MoleculeDataOptions.Md17;
        var config = MoleculePresets.Create(
            task, result.GetValue(_preset) ?? MoleculePresets.Default, result.GetValue(_network),
            result.GetValue(_group), forces ? null : result.GetValue(_target),
            forces ? result.GetValue(_molecule) : null);
        var motion = result.GetValue(_augmentation);
        config = config with
        {
            Data = Split(result, config.Data) with { DataRoot = result.GetValue(_dataRoot) ?? config.Data.DataRoot },
            Augmentation = motion ?? config.Augmentation,
            Train = _training.Apply(result, config.Train),
        };
        var assignments = result.GetValue(_set) ?? [];
        config = ConfigEditor.Apply(config, assignments);
        return MoleculePresets.WithNeighbours(config, assignments.Any(IsOfNeighbours));
    }

    /// <summary>Whether an assignment says which atoms are neighbours.</summary>
    private static bool IsOfNeighbours(string assignment) =>
        NeighbourSettings.Contains(assignment.Split('=')[0].Trim(), StringComparer.OrdinalIgnoreCase);

    private MoleculeDataOptions Split(ParseResult result, MoleculeDataOptions data)
    {
        if (result.GetValue(_split) is { } text)
        {
            if (!PlainNumber.TryParseList(text, 0, out var counts) || counts is not [> 0, _, _])
                throw new ArgumentException(
                    $"--split is '{text}'; expected three whole numbers such as 12000,1000,0.");
            data = data with { TrainCount = counts[0], ValidationCount = counts[1], TestCount = counts[2] };
        }
        return data with
        {
            TrainCount = result.GetValue(_train) ?? data.TrainCount,
            ValidationCount = result.GetValue(_validation) ?? data.ValidationCount,
            TestCount = result.GetValue(_test) ?? data.TestCount,
        };
    }
}
