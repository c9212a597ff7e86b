using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Loop;
using LieConv.Training.Pictures;
using LieConv.Training.Randomness;
using static TorchSharp.torch;

namespace LieConv.Training.Runs;

/// <summary>A training in its run folder, whatever is trained: started, continued or opened to be used.</summary>
/// <param name="folder">The folder.</param>
public abstract class TrainingRun(RunFolder folder) : IDisposable
{
    /// <summary>The folder.</summary>
    public RunFolder Folder { get; } = folder;

    /// <summary>Whether there is a checkpoint to continue from.</summary>
    public bool IsResumed { get; } = ResumePoint.Exists(folder.Checkpoints);

    /// <summary>Minutes of this session after which training stops and is evaluated, 0 for no limit; null for those of
    /// the configuration. They are no part of the run: a session that continues it has its own.</summary>
    public double? SessionMinutes { get; set; }

    /// <summary>The resolved configuration.</summary>
    public abstract RunConfig Configuration { get; }

    /// <summary>What is trained.</summary>
    public abstract Objective Objective { get; }

    /// <summary>What the data are.</summary>
    public abstract string DataDescription { get; }

    /// <summary>The network in a few words, such as its group.</summary>
    public abstract string NetworkDescription { get; }

    /// <summary>What it is trained on, in a few words.</summary>
    public abstract string Subject { get; }

    /// <summary>What differs from what the configuration asks for, in a sentence; null where nothing does.</summary>
    public string? Remark { get; protected init; }

    /// <summary>What an example is called, in the plural.</summary>
    public abstract string ExampleName { get; }

    /// <summary>The figures that it is judged by, the most telling first; units are those of its data.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>
    /// Trains, from the last checkpoint where there is one, and writes the result and the pictures. While it trains no
    /// other process can train in the folder.
    /// </summary>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="interruption">Stops after the current step, with the state saved.</param>
    /// <returns>The result; null if interrupted.</returns>
    /// <exception cref="RunInUseException">If another process trains in the folder.</exception>
    /// <exception cref="InvalidDataException">If the checkpoints are damaged or missing, or the data are not those of the
    /// start.</exception>
    /// <exception cref="TrainingFailedException">If the loss or a weight is no longer finite; the result says so, and the
    /// last finite checkpoint stays.</exception>
    public RunResult? Train(TrainingObserver observer, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(observer);
        using var own = Folder.Own();
        var checkpoints = new CheckpointStore(Folder.Checkpoints.Folder)
        {
            Settings = SettingsChange.Collect(Configuration), CheckThere = own.CheckThere,
        };
        RemoveLeftovers(checkpoints.Folder);
        var options = Configuration.Train;
        options = options with { MaxMinutes = SessionMinutes ?? options.MaxMinutes };
        if (!ResumePoint.Exists(checkpoints)) TakeInitialWeights(observer.Notice);
        using var loop = new TrainingLoop(Objective, options, checkpoints, Folder.Metrics, observer);

        // Asked again: another session may have trained between the opening of this run and the lock.
        if (ResumePoint.Exists(checkpoints))
        {
            CheckSameData();
            loop.Resume();
        }
        else
        {
            BeginAnew(checkpoints, observer.Notice);
        }
        checkpoints.MakeFolder();
        TrainingResult outcome;
        try
        {
            outcome = loop.Run(interruption);
        }
        catch (TrainingFailedException)
        {
            WriteFailure(loop.Progress);
            throw;
        }
        if (outcome.Final is null)
        {
            WriteCurves();
            return null;
        }
        var result = WithHistory(Result(outcome.Final), outcome.Progress, outcome.FinalEpoch) with
        {
            Stopped = outcome.Reason,
        };
        ConfigFile.Write(Folder.Result, result);
        WriteCurves();
        if (outcome.Final.IsFinite) Objective.WritePictures(Folder.Path, outcome.Final);
        return result;
    }

    /// <summary>What the newest <see cref="Evaluate"/> found, in full; null before.</summary>
    public Evaluation? Tested { get; private set; }

    /// <summary>Evaluates a checkpoint on the test examples; its parameters stay in the model.</summary>
    /// <param name="checkpoint">Its name, or null for the best, and without one the last.</param>
    /// <param name="advance">Told how many examples are done, out of how many.</param>
    /// <param name="interruption">Stops between batches by <see cref="OperationCanceledException"/>.</param>
    public RunResult Evaluate(string? checkpoint, Action<long, long> advance, CancellationToken interruption)
    {
        var manifest = Load(checkpoint);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        Tested = Objective.Evaluate(DataSplit.Test, advance, interruption);
        return WithHistory(Result(Tested), manifest.Progress, EpochOf(manifest.Progress.Step));
    }

    /// <summary>Loads a checkpoint into the model, to use it.</summary>
    /// <param name="checkpoint">Its name, or null for the best, and without one the last.</param>
    public CheckpointManifest Load(string? checkpoint)
    {
        var manifest = Folder.Checkpoints.LoadModel(checkpoint ?? Folder.Checkpoints.Preferred, Objective);
        Objective.Model.eval();
        return manifest;
    }

    /// <summary>Frees the network and the data, and lets others train in the folder.</summary>
    public void Dispose()
    {
        Folder.Release();
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the network and the data.</summary>
    protected abstract void Free();

    /// <summary>Writes a result whose figure is no number: the training cannot go on.</summary>
    private void WriteFailure(TrainingProgress progress) => ConfigFile.Write(
        Folder.Result,
        WithHistory(Result(new NoEvaluation(Objective.SelectionMetric)), progress, 0) with { Stopped = StopReason.Failed });

    /// <summary>Notes how far the training of this run has come, and where its weights come from.</summary>
    private RunResult WithHistory(RunResult result, TrainingProgress progress, long epoch)
    {
        var before = progress.Origin;
        return result with
        {
            Imported = before?.File, Epoch = Math.Max(0, epoch - EpochOf(before?.Step ?? 0)),
            Steps = progress.Step - (before?.Step ?? 0), Seconds = progress.ElapsedSeconds,
        };
    }

    private long EpochOf(long step)
    {
        var stepsPerEpoch = (Objective.TrainCount + Configuration.Train.Batch - 1) / Configuration.Train.Batch;
        return (step + stepsPerEpoch - 1) / stepsPerEpoch;
    }

    /// <summary>What is written of an evaluation, without where the training stood.</summary>
    protected abstract RunResult Result(Evaluation evaluation);

    /// <summary>Tells whether the data are those of a description that a run was started with; null where the
    /// descriptions must be alike.</summary>
    protected Func<string, bool>? IsSameData { get; init; }

    /// <summary>Files beside the configuration that a run has before it is trained.</summary>
    protected IReadOnlyList<string> AlsoWrittenAtStart { get; init; } = [];

    /// <summary>The files that a run has before it is trained.</summary>
    internal IReadOnlyList<string> WrittenAtStart => [Folder.Config, .. AlsoWrittenAtStart];

    /// <summary>Writes the configuration with the data that were found.</summary>
    protected abstract void WriteConfiguration();

    /// <summary>Prepares a new run in a folder of its own.</summary>
    /// <param name="path">The folder, which must not exist or be empty; null for the usual name, with a number after it
    /// where that is taken.</param>
    /// <param name="usual">The usual name.</param>
    /// <param name="make">Makes the run; what fails leaves no folder behind.</param>
    /// <param name="prepare">Does something to the new run before anything is written, or nothing; what fails leaves no
    /// folder behind.</param>
    /// <exception cref="ArgumentException">If the folder is taken.</exception>
    /// <exception cref="RunInUseException">If another process begins a run there at this moment.</exception>
    protected static TRun Start<TRun>(string? path, Func<string> usual, Func<RunFolder, TRun> make,
        Action<TRun>? prepare = null) where TRun : TrainingRun
    {
        ArgumentNullException.ThrowIfNull(usual);
        ArgumentNullException.ThrowIfNull(make);
        var folder = path is null ? RunFolder.CreateBeside(usual()) : RunFolder.Create(path);
        try
        {
            var run = make(folder);
            try
            {
                prepare?.Invoke(run);
                run.CheckInitialWeights();
            }
            catch
            {
                run.Free();
                throw;
            }
            run.WriteConfiguration();
            return run;
        }
        catch
        {
            folder.Discard(); // nothing was trained: leave no empty folder behind
            folder.Release();
            throw;
        }
    }

    /// <summary>
    /// Applies what holds for the whole process: the threads, and the seed from which torch initialises parameters, the
    /// only use of the process's own generator. Call it just before the network is made.
    /// </summary>
    /// <returns>The options with the number of threads that decides the order of sums: a run remembers it, to continue
    /// bit for bit.</returns>
    protected static TrainOptions Prepare(TrainOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Threads > 0) set_num_threads(options.Threads);
        options.OpenDevice();
        random.manual_seed((long)new SeedSequence(options.Seed).SeedOf(RandomPurpose.Initialisation, 0));
        var init = string.IsNullOrEmpty(options.Init) ? "" : Path.GetFullPath(options.Init);
        return options with { Threads = get_num_threads(), Init = init };
    }

    /// <summary>Requires weights to begin with that can be read and fit, before anything is written.</summary>
    private void CheckInitialWeights()
    {
        if (Configuration.Train.Init.Length == 0) return;
        using var weights = InitialWeights.Read(Configuration.Train.Init);
        weights.Check(Objective.Model);
    }

    private void TakeInitialWeights(Action<string> say)
    {
        if (Configuration.Train.Init.Length == 0) return;
        using var weights = InitialWeights.Read(Configuration.Train.Init);
        weights.Copy(Objective.Model, say);
    }

    /// <summary>What killed processes left half written; nobody else writes here now but evaluations, which hold their
    /// own.</summary>
    private void RemoveLeftovers(string checkpoints)
    {
        foreach (var folder in new[] { Folder.Path, checkpoints, PreviousCheckpoint.In(checkpoints).Folder })
            AtomicFile.RemoveLeftovers(folder);
    }

    /// <summary>
    /// A run that ended before its first checkpoint, which follows its first epoch, begins anew. With more to be lost it
    /// does not: its checkpoints must have been taken away.
    /// </summary>
    private void BeginAnew(CheckpointStore checkpoints, Action<string> say)
    {
        if (WeightsFiles.AreIn(checkpoints.Folder) || File.Exists(checkpoints.ManifestPath(CheckpointStore.Best)))
            throw new InvalidDataException(
                $"There is no checkpoint '{checkpoints.ManifestPath(CheckpointStore.Last)}', nor another to go on from, " +
                "though there are weights beside it; put it back, or begin a new run.");
        if (Folder.Metrics.Read().Count is > 1 and var epochs)
            throw new InvalidDataException(
                $"'{Folder.Path}' has the figures of {epochs} epochs, but no checkpoint to go on from; put " +
                $"'{checkpoints.Folder}' back, or begin a new run.");
        if (Folder.Metrics.SetAllAside() > 0)
            say($"There is no checkpoint in '{Folder.Path}': the training begins anew, and the figures of its first " +
                $"epoch were set aside in '{Folder.Metrics.Aside}'.");
    }

    /// <summary>Nothing was evaluated.</summary>
    private sealed record NoEvaluation(string Metric)
        : Evaluation(0, new Dictionary<string, double> { [Metric] = double.NaN });

    /// <summary>Refuses data that are not those that the run was started with.</summary>
    /// <exception cref="InvalidDataException">They are others.</exception>
    protected void CheckSameData()
    {
        var before = Configuration.DataDescription;
        if (before.Length > 0 && !(IsSameData?.Invoke(before) ?? before == DataDescription))
            throw new InvalidDataException(
                $"The run '{Folder.Path}' was started on other data: '{before}', but now there are '{DataDescription}'.");
    }

    private void WriteCurves()
    {
        var reports = Folder.Metrics.Read();
        CurvesPlot.Write(Folder.Curves, reports, Metrics, $"{NetworkDescription} on {Subject}");
    }
}
