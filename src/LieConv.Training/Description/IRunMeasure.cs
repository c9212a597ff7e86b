using LieConv.Training.Checkpoints;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>What lieconv evaluate measures of a run beside its figures on the test examples: rollouts, motions and so
/// on.</summary>
public interface IRunMeasure
{
    /// <summary>Its options, which are no keys of config.json.</summary>
    IReadOnlyList<Setting> Options { get; }

    /// <summary>The configuration with the data that it needs, before anything is loaded.</summary>
    /// <exception cref="ArgumentException">If the options are wrong: one sentence.</exception>
    RunConfig Prepare(RunConfig config, SettingValues options);

    /// <summary>Measures.</summary>
    /// <param name="run">The run, whose checkpoint is loaded and evaluated (<see cref="TrainingRun.Tested"/>).</param>
    /// <param name="result">Its figures on the test examples.</param>
    /// <param name="options">The options that were given.</param>
    /// <param name="interruption">Stops by <see cref="OperationCanceledException"/>.</param>
    RunMeasurement Measure(
        TrainingRun run, RunResult result, SettingValues options, CancellationToken interruption);
}
