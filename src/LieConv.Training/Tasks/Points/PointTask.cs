using LieConv.Datasets.Points;
using LieConv.Models;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Points;

/// <summary>Classes and numbers of sets of points, or of each point, wherever the points come from: a task has nothing of
/// its own but reading.</summary>
public abstract class PointTask : LearningTask<PointConfig>
{
    /// <summary>Name of the usual network.</summary>
    internal const string UsualNetwork = "PointNetwork";

    /// <summary>Describes a task.</summary>
    /// <param name="name">Its name: of the command, and in config.json.</param>
    /// <param name="description">What is learnt, as a sentence.</param>
    protected PointTask(string name, string description) : base(name, description)
    {
        (ExampleName, FolderName) = ("sets", $"{name}-GROUP-TIME");
        Measure = new PointMeasure();
        Predictor = new PointPredictor(this);
        Headline = PointText.Headline;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => PointMetrics.All;

    /// <inheritdoc/>
    public override IReadOnlyList<NetworkChoice> Networks { get; } = NetworkBlocks.Choices(UsualNetwork, "T");

    /// <summary>Reads the data.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="log">Told what is read, and what its columns were taken for.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="InvalidDataException">A file has a fault: one sentence.</exception>
    public abstract PointSets OpenSets(PointConfig config, Action<string> log);

    /// <summary>What reads new sets to predict for; the configuration says what was found in the training's.</summary>
    /// <value>The formats of points.</value>
    internal Func<PointConfig, PredictionRequest, INewSets> NewSets { get; private protected init; } =
        static (config, _) => new FileSets(config, static set => set);

    /// <summary>Coordinates of a point where they are known before the data are read; null where the data tell.</summary>
    /// <value>null.</value>
    internal int? KnownDimensions { get; private protected init; }

    /// <summary>A configuration as it decides the outcome, without what a run finds in the data.</summary>
    /// <param name="config">As it was asked for, or as a run resolved it.</param>
    /// <param name="dimensions">Coordinates of a point.</param>
    /// <param name="largestSet">Points of the largest set.</param>
    private protected static PointConfig WithoutFindings(PointConfig config, int dimensions, int largestSet)
    {
        var (usual, group) = (new PointNetworkOptions(), config.CreateGroup(dimensions));
        return config with
        {
            Group = group.ToString(), Found = null, Data = PointRun.WithFullPath(config.Data),
            Model = PointFit.Shape(config.Model, group, largestSet) with
            {
                Inputs = usual.Inputs, SetOutputs = usual.SetOutputs, PointOutputs = usual.PointOutputs,
            },
        };
    }

    /// <inheritdoc/>
    protected sealed override PointConfig ReadConfig(string path) => RunConfig.Read<PointConfig>(path, Name);

    /// <inheritdoc/>
    protected sealed override TrainingRun StartRun(PointConfig config, string? path, Action<string> log) =>
        PointRun.Start(this, config, path, log);

    /// <inheritdoc/>
    protected sealed override TrainingRun OpenRun(
        string path, Func<PointConfig, PointConfig> change, Action<string> log) => PointRun.Open(this, path, change, log);
}
