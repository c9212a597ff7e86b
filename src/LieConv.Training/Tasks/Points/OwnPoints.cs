using LieConv.Datasets.Points;
using LieConv.Groups;
using LieConv.Training.Description;

namespace LieConv.Training.Tasks.Points;

/// <summary>A user's own points: tables, files of arrays, clouds and meshes.</summary>
public sealed class OwnPoints : PointTask
{
    /// <summary>Describes the task.</summary>
    public OwnPoints() : base(PointConfig.OwnPoints, "Your own sets of points, with classes or numbers to learn.")
    {
        Study = new StudyRules
        {
            Decisive = static config =>
            {
                if (config is not PointConfig own) return config;
                var (dimensions, largest) = Look(own);
                return WithoutFindings(own, dimensions, largest);
            },
            Parse = static (config, text) => LieGroups.ParseOn(Look((PointConfig)config).Dimensions, text),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Setting> Settings { get; } =
    [
        Setting.Text("--data", "data.path",
            "A table of points, a file of arrays, or a folder with a file a set (docs/own-data.md).", "PATH"),
        Setting.Text("--coords", "data.coords", "Columns of the coordinates, 1 to 6 [default: guessed by name].", "NAMES"),
        Setting.Text("--values", "data.values", "Columns of the points' values, or none [default: all others].", "NAMES"),
        Setting.Text("--id", "data.id", "Column that tells which set a row belongs to [default: guessed by name].", "NAME"),
        Setting.Text("--target", "data.target", "Columns to learn [default: guessed by name].", "NAMES"),
        Setting.Text("--kinds", "data.kinds",
            "Kinds where the detected ones are not meant: NAME:KIND, of class, number, set, points.", "LIST"),
        Setting.Text("--together", "data.group", "Column of groups of sets that stay in one part of the split.", "NAME"),
        Setting.Text("--split-column", "data.split", "Column that says train, validation or test.", "NAME"),
        Setting.Count(UsualSettings.TrainOption, "trainCount", "Training sets [default: all of the training part]."),
        SplitSetting.Fractions(),
        SplitSetting.Seed(),
        .. PointSettings.Training("sets"),
    ];

    /// <inheritdoc/>
    public override PointSets OpenSets(PointConfig config, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        return PointData.Open(config.Data, log, dimensions => config.CheckGroups(dimensions));
    }

    /// <summary>What a run found, or the data say: read once, they are kept beside the file.</summary>
    private static (int Dimensions, int LargestSet) Look(PointConfig config)
    {
        if (config.Found is { } found) return (found.Schema.Dimensions, found.LargestSet);
        using var sets = PointData.Open(config.Data, static _ => { });
        return (sets.Schema.Dimensions, sets.LargestSize);
    }

    /// <inheritdoc/>
    protected override PointConfig CreatePreset(SettingValues given)
    {
        ArgumentNullException.ThrowIfNull(given);
        return PointSettings.CreatePreset(Name, given);
    }
}
