using LieConv.Groups;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Preparation;

namespace LieConv.Training.Tasks.Points;

/// <summary>A data set that the tool knows: what its columns mean is no question, and it comes in a training and a test
/// part.</summary>
public abstract class KnownPoints : PointTask
{
    /// <summary>What <see cref="Datasets.Points.PointDataOptions.Split"/> is: the part that each set says itself.</summary>
    private const string SplitColumn = "split";

    private readonly int _dimensions;
    private readonly Func<PointConfig, int> _largestSet;

    /// <summary>Describes a task.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What is learnt, as a sentence.</param>
    /// <param name="dimensions">Coordinates of a point.</param>
    /// <param name="largestSet">Points of the largest set.</param>
    private protected KnownPoints(
        string name, string description, int dimensions, Func<PointConfig, int> largestSet) : base(name, description)
    {
        (_dimensions, _largestSet, KnownDimensions) = (dimensions, largestSet, dimensions);
        Study = new StudyRules
        {
            Decisive = Decisive, Parse = (_, text) => LieGroups.ParseOn(dimensions, text),
        };
    }

    /// <summary>Training sets, and the seed that draws them and those of validation.</summary>
    private protected static IReadOnlyList<Setting> Parts(string examples) =>
    [
        Setting.Count(UsualSettings.TrainOption, "trainCount", $"Training {examples} [default: all of them]."),
        SplitSetting.Seed(),
    ];

    /// <summary>A preset of the data set.</summary>
    /// <param name="given">The settings that were given.</param>
    /// <param name="presets">The presets, the usual one first.</param>
    /// <param name="validation">Fraction of the training part that is held back for validation.</param>
    private protected PointConfig CreatePreset(
        SettingValues given, IReadOnlyList<PointPreset> presets, double validation)
    {
        var config = PointSettings.CreatePreset(Name, given, presets);
        return config with
        {
            Data = config.Data with { Path = Name, Split = SplitColumn },
            Split = new SplitFractions(1 - validation, validation, 0),
        };
    }

    /// <summary>A configuration without what a run finds in the data.</summary>
    private RunConfig Decisive(RunConfig config) =>
        config is PointConfig own ? WithoutFindings(own, _dimensions, _largestSet(own)) : config;
}
