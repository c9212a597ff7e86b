using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>A task whose runs need nothing but what is trained: the shortest way to a task of your own.</summary>
/// <typeparam name="TConfig">What config.json holds; a key group, and a key network where there are several, name what a
/// run is called.</typeparam>
public abstract class ObjectiveTask<TConfig> : LearningTask<TConfig> where TConfig : RunConfig
{
    /// <summary>Describes a task.</summary>
    /// <param name="name">Its name: of the command, and in config.json.</param>
    /// <param name="description">What is learnt, as a sentence.</param>
    protected ObjectiveTask(string name, string description) : base(name, description)
    {
    }

    /// <summary>Makes the network and what trains it; parameters are initialised from the seed of the training.</summary>
    /// <param name="config">A configuration that is right.</param>
    public abstract Objective CreateObjective(TConfig config);

    /// <summary>What the data are; a run is only continued on the same.</summary>
    public abstract string DescribeData(TConfig config);

    /// <summary>Opens a run's network with a checkpoint loaded, to use it.</summary>
    /// <param name="request">Which run and checkpoint, and how many threads.</param>
    public TrainingRun OpenToPredict(PredictionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var run = Open(request.Run.Path, config => config with
        {
            Train = config.Train with { Threads = request.Threads ?? config.Train.Threads },
        }, static _ => { });
        run.Load(request.Checkpoint);
        return run;
    }

    /// <inheritdoc/>
    protected sealed override TConfig ReadConfig(string path) => RunConfig.Read<TConfig>(path, Name);

    /// <inheritdoc/>
    protected sealed override TrainingRun StartRun(TConfig config, string? path, Action<string> log) =>
        ObjectiveRun<TConfig>.Start(this, config, path);

    /// <inheritdoc/>
    protected sealed override TrainingRun OpenRun(string path, Func<TConfig, TConfig> change, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(change);
        var folder = RunFolder.Open(path);
        return new ObjectiveRun<TConfig>(folder, this, change(ReadConfig(folder.Config)));
    }
}
