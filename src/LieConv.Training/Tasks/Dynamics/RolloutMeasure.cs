using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Rolls test systems out over many time steps.</summary>
internal sealed class RolloutMeasure : IRunMeasure
{
    public IReadOnlyList<Setting> Options { get; } =
    [
        Setting.Count(
            "--steps", null, "Particles: time steps of a rollout [default: 100].", most: RolloutOptions.MaximumSteps),
        Setting.Count("--systems", null, "Particles: test systems to roll out [default: 20, or all]."),
        Setting.Text("--solver", null, "Particles: integrates the network's motion [default: the run's].", "NAME"),
    ];

    /// <summary>Data with as many whole trajectories as are asked for.</summary>
    public RunConfig Prepare(RunConfig config, SettingValues options)
    {
        var own = (DynamicsConfig)config;
        var (data, rollouts) = (own.Data, Read(options));
        rollouts.Check(data.TestCount);
        var systems = rollouts.SystemsOf(data.TestCount);
        RolloutOptions.CheckSize(rollouts.Steps, (long)systems * data.Particles, data.Dimensions);
        return systems <= data.RolloutCount ? own : own with { Data = data with { RolloutCount = systems } };
    }

    public RunMeasurement Measure(
        TrainingRun run, RunResult result, SettingValues options, CancellationToken interruption) =>
        new Measurement(result, RolloutStudy.Measure((DynamicsRun)run, Read(options), interruption));

    private static RolloutOptions Read(SettingValues options)
    {
        var usual = new RolloutOptions();
        return new RolloutOptions
        {
            Steps = options.Count("--steps") ?? usual.Steps, Systems = options.Count("--systems"),
            Solver = options.Text("--solver"),
        };
    }

    private sealed class Measurement(RunResult result, RolloutOutcome outcome) : RunMeasurement
    {
        private readonly DynamicsReport _report = new(result, outcome.Summary);

        public override object Report => _report;

        public override string? Fault => outcome.Fault;

        public override IReadOnlyList<string> Keep(RunFolder folder)
        {
            KeepReport(folder);
            return [Path.GetFileName(folder.Evaluation), .. RolloutFiles.Write(folder.Path, outcome.Report)];
        }

        public override void WriteText(TextWriter output, IReadOnlyList<string> files) =>
            RolloutText.Write(output, outcome.Summary, files);
    }
}
