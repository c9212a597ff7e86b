using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Moves test molecules and looks what changes.</summary>
internal sealed class TransformMeasure : IRunMeasure
{
    internal const string Average = "--average";
    internal const int MaximumAverage = 1_000_000;

    public IReadOnlyList<Setting> Options { get; } =
    [
        Setting.Count(
            Average, null, "Molecules: also average predictions over so many random rotations.", most: MaximumAverage),
    ];

    public RunConfig Prepare(RunConfig config, SettingValues options) => config;

    public RunMeasurement Measure(
        TrainingRun run, RunResult result, SettingValues options, CancellationToken interruption) =>
        new Measurement(new MoleculeReport(result, TransformStudy.Measure(
            (MoleculeRun)run, result, options.Count(Average) ?? 1, (_, _) => { }, interruption)));

    private sealed class Measurement(MoleculeReport report) : RunMeasurement
    {
        public override object Report => report;

        public override string? Fault => null;

        public override IReadOnlyList<string> Keep(RunFolder folder)
        {
            KeepReport(folder);
            return [];
        }

        public override void WriteText(TextWriter output, IReadOnlyList<string> files) =>
            MoleculeText.Write(output, report);
    }
}
