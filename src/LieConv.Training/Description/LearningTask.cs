using LieConv.Datasets.Downloads;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>Everything that the tool knows of one thing that can be learnt. Derive from
/// <see cref="LearningTask{TConfig}"/>.</summary>
public abstract class LearningTask
{
    private protected LearningTask(string name, string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        (Name, Description) = (name, description);
        (Family, ExampleName, FolderName) = (name, "examples", $"{name}-GROUP-TIME");
        Weights = new OwnWeights(this);
        Headline = result => HeadlineText.Create(Metrics[0], result, ExampleName);
    }

    /// <summary>Its name: of the command, and in config.json.</summary>
    public string Name { get; }

    /// <summary>What is learnt, as a sentence: Particles that springs join.</summary>
    public string Description { get; }

    /// <summary>What runs of this kind are of, in the plural: moving particles. Tasks of a family share options.</summary>
    /// <value>The name.</value>
    public string Family { get; protected init; }

    /// <summary>What an example is called, in the plural.</summary>
    /// <value>examples</value>
    public string ExampleName { get; protected init; }

    /// <summary>The usual name of a run's folder, for help texts: springs-NETWORK-GROUP-TIME.</summary>
    /// <value>The name and -GROUP-TIME.</value>
    public string FolderName { get; protected init; }

    /// <summary>The settings that have options, in the order of help texts: options are keys of config.json.</summary>
    public abstract IReadOnlyList<Setting> Settings { get; }

    /// <summary>The figures that it is judged by, the most telling first.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The networks that it may use, the usual one first.</summary>
    public abstract IReadOnlyList<NetworkChoice> Networks { get; }

    /// <summary>The data sets that it learns from: listed, checked and, where it can be, downloaded.</summary>
    /// <value>None.</value>
    public IReadOnlyList<DataSource> Data { get; protected init; } = [];

    /// <summary>What lieconv evaluate adds; null for nothing.</summary>
    public IRunMeasure? Measure { get; protected init; }

    /// <summary>Predicts from files; null where nothing does.</summary>
    public IPredictor? Predictor { get; protected init; }

    /// <summary>Exchanges weights, where the original has such networks also under its names.</summary>
    public IWeightExchange Weights { get; protected init; }

    /// <summary>What a study must know of its settings.</summary>
    public StudyRules Study { get; protected init; } = new();

    /// <summary>A result in one clause.</summary>
    public Func<RunResult, string> Headline { get; protected init; }

    /// <summary>What is said of data that are only the sample inside the library.</summary>
    public string SampleRemark { get; protected init; } = "a small sample";

    /// <summary>A configuration: a preset with all that was given laid over.</summary>
    /// <param name="given">The settings that were given.</param>
    /// <param name="assignments">Further ones as key=value, in order.</param>
    /// <exception cref="ArgumentException">If a preset, network, key or value is unknown.</exception>
    public abstract RunConfig Configure(SettingValues given, IEnumerable<string> assignments);

    /// <summary>Reads and checks the configuration of a run.</summary>
    /// <param name="path">Its config.json.</param>
    /// <exception cref="InvalidDataException">If it is missing, damaged or of another task: one line that names the
    /// file.</exception>
    public abstract RunConfig Read(string path);

    /// <summary>Prepares a new run.</summary>
    /// <param name="config">What to do.</param>
    /// <param name="path">The run's folder, which must not exist or be empty; null for the usual name.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="ArgumentException">If the configuration is wrong or the folder is taken.</exception>
    public abstract TrainingRun Start(RunConfig config, string? path, Action<string> log);

    /// <summary>Opens a run to continue or to use it.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="change">Changes what a session may change, such as the threads; the file stays as it is.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the folder is no run or its configuration is damaged.</exception>
    public abstract TrainingRun Open(string path, Func<RunConfig, RunConfig> change, Action<string> log);
}
