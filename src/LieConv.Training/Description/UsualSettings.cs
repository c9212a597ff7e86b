using LieConv.Training.Learning;

namespace LieConv.Training.Description;

/// <summary>Settings that several tasks have, with one spelling everywhere.</summary>
public static class UsualSettings
{
    /// <summary>The option of the preset that other values start from.</summary>
    public const string PresetOption = "--preset";

    /// <summary>The option of the network.</summary>
    public const string NetworkOption = "--network";

    /// <summary>The option of the group.</summary>
    public const string GroupOption = "--group";

    /// <summary>The option of the number of training examples.</summary>
    public const string TrainOption = "--train";

    /// <summary>The option of the folder with the data.</summary>
    public const string DataRootOption = "--data-root";

    /// <summary>The option of the seed.</summary>
    public const string SeedOption = "--seed";

    /// <summary>The group, for which the preset is made.</summary>
    public static Setting Group(string help = "The symmetry, such as T2, SO2, SE2:0.05; lieconv groups lists them.") =>
        Setting.Text(GroupOption, "group", help, "GROUP") with { IsOfPreset = true };

    /// <summary>The network, for which the preset is made.</summary>
    /// <param name="networks">Those that there are; the first is the usual one.</param>
    public static Setting Network(IReadOnlyList<NetworkChoice> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var names = string.Join(", ", networks.Select(network => network.Name));
        return Setting.Text(NetworkOption, "network", $"{names} [default: {networks[0].Name}].", "NAME") with
        {
            IsOfPreset = true,
        };
    }

    /// <summary>The preset.</summary>
    /// <param name="names">Those that there are.</param>
    /// <param name="usual">The one that is meant where none is named.</param>
    public static Setting Preset(IEnumerable<string> names, string usual) => Setting.Text(
        PresetOption, "preset", $"Settings to start from: {string.Join(", ", names)} [default: {usual}].", "NAME") with
    {
        IsOfPreset = true,
    };

    /// <summary>The folder with the data.</summary>
    public static Setting DataRoot(
        string help = "Folder with the data [default: the usual data folder, else the built-in sample].") =>
        Setting.Text(DataRootOption, "data.dataRoot", help, "DIR");

    /// <summary>Those of <see cref="TrainOptions"/>, the same for every task.</summary>
    /// <param name="examples">What the examples are called, in the plural, such as digits.</param>
    /// <param name="precisions">The precisions that suit the task, for the help text.</param>
    public static IReadOnlyList<Setting> Training(
        string examples, string precisions = "float32, float64 or bf16 (large products)")
    {
        ArgumentNullException.ThrowIfNull(examples);
        var capital = $"{char.ToUpperInvariant(examples[0])}{examples[1..]}";
        return
        [
            Setting.Count("--epochs", "train.epochs", $"Passes over the {examples}."),
            Setting.Count("--batch", "train.batch", $"{capital} of an optimiser step."),
            Setting.Number("--lr", "train.learningRate", "Learning rate at the start.", "RATE",
                "a number above 0 and at most 10", value => value is > 0 and <= 10),
            Schedule(),
            Setting.Number("--warm-up", "train.warmUp", "Fraction of all steps over which the rate rises.", "X",
                "a number from 0 to 1", value => value is >= 0 and <= 1),
            Setting.Number("--clip", "train.gradientClip", "Greatest length of a gradient; 0 for no limit.", "X",
                "a number from 0 (no limit)", value => value >= 0),
            Setting.Number("--weight-decay", "train.weightDecay", "Decay of weights, as AdamW's; 0 for none.", "X",
                "a number from 0 (none)", value => value >= 0 && double.IsFinite(value)),
            Setting.Number("--ema", "train.ema", "Decay of averaged weights, such as 0.999; 0 for none.", "X",
                "a number from 0 (none) to below 1", value => value is >= 0 and < 1),
            Setting.Count("--early-stopping", "train.earlyStopping", "Stop after so many evaluations without progress.",
                least: 0, expected: "a whole number from 0 (never)"),
            Setting.Text("--init", "train.init", "Weights to begin with: a run, or a .safetensors file.", "RUN"),
            Seed(SeedOption, "train.seed", "Seed of everything random."),
            Setting.Text("--device", "train.device", "Where to compute: cpu, cuda or cuda:N.", "NAME"),
            Setting.Text("--precision", "train.precision", $"{precisions}.", "TYPE"),
        ];
    }

    private static Setting Schedule()
    {
        const string Expected = "cosine, constant or plateau";
        return Setting.Name<ScheduleKind>("--schedule", "train.schedule", $"How the rate goes on: {Expected}.", Expected);
    }

    /// <summary>A seed.</summary>
    /// <param name="option">The option.</param>
    /// <param name="key">The key.</param>
    /// <param name="help">What is random.</param>
    internal static Setting Seed(string option, string key, string help)
    {
        const string Expected = "a whole number from 0";
        return new Setting(option, key, help, "N", SettingKind.Whole)
        {
            Expected = Expected, Check = value => (long)value >= 0 ? null : Expected,
        };
    }
}
