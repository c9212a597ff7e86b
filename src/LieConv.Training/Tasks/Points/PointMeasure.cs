using LieConv.Equivariance;
using LieConv.Lifting;
using LieConv.Numerics;
using LieConv.Randomness;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Preparation;
using LieConv.Training.Runs;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>What evaluate adds for points: all figures of each target, what became of promised coverages, and by how much
/// answers change when sets are moved by the network's group.</summary>
internal sealed class PointMeasure : IRunMeasure
{
    /// <summary>The coverage that is promised unless told otherwise.</summary>
    public const double UsualCoverage = 0.9;

    /// <summary>The option of the coverage.</summary>
    public const string CoverageOption = "--coverage";

    /// <summary>Sets that are moved, and elements that move them.</summary>
    private const int Moved = 32, Elements = 5;

    /// <summary>What a network that says nothing but 0 is taken to say, so that it does not change.</summary>
    private const double Least = 1e-30;

    /// <inheritdoc/>
    public IReadOnlyList<Setting> Options { get; } =
        [Coverage("Points: coverage of prediction sets and intervals [default: 0.9].")];

    /// <summary>The option of the coverage.</summary>
    /// <param name="help">What it is.</param>
    public static Setting Coverage(string help) => Setting.Number(
        CoverageOption, null, help, "X", "a number between 0 and 1", value => value is > 0 and < 1);

    /// <inheritdoc/>
    public RunConfig Prepare(RunConfig config, SettingValues options) => config;

    /// <inheritdoc/>
    public RunMeasurement Measure(
        TrainingRun run, RunResult result, SettingValues options, CancellationToken interruption)
    {
        var own = (PointRun)run;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var level = options.Number(CoverageOption) ?? UsualCoverage;
        var test = own.Tested as PointEvaluation ?? throw new InvalidOperationException("The run is not evaluated yet.");
        var calibration = own.Points.HasValidation
            ? PointCalibration.Create(own.Points.Evaluate(SplitPart.Validation, static (_, _) => { }, interruption))
            : null;
        var thresholds = calibration?.Thresholds(level);
        var targets = test.Answers.Select((answers, place) => new TargetReport(
            answers.Target.Name, answers.Target.OfPoints ? "of each point" : "of sets", answers.Target.Classes.Count,
            answers.Metrics(""), thresholds is null ? null : answers.Measure(thresholds[place]),
            thresholds is null ? "No coverage can be promised without validation sets." : thresholds[place].Remark));
        return new Measurement(new PointReport(result, [.. targets], Move(own, test.Sets)), calibration, test, own);
    }

    /// <summary>Moves test sets by random elements of the group and looks what changes, with the same draws.</summary>
    private static MotionReport Move(PointRun run, int[] sets)
    {
        var config = run.Config;
        int[] numbers = [.. sets.Take(Moved)];
        var points = new PointBatch(config.Found!, run.Data.Sets, numbers)
            .ToPoints(config.Train.Dtype, config.Train.OpenDevice());
        var motions = new RandomMotions(run.Group);
        using var generator = new Generator(0);
        var before = Numbers(points);
        var size = before.abs().max().clamp(min: Scalars.Of(Least));
        var changes = new List<double>();
        for (var i = 0; i < Elements; i++)
        {
            var moved = points with { Coordinates = motions.Apply(points.Coordinates, points.Mask, generator) };
            changes.Add(((Numbers(moved) - before).abs().max() / size).to(ScalarType.Float64).item<double>());
        }
        return new MotionReport(run.Group.ToString(), changes.Max(), changes.Average(), numbers.Length);

        Tensor Numbers(PointSet seen)
        {
            using var draws = new Generator(1);
            return run.Points.Numbers(seen, new GeneratorDraws(draws));
        }
    }

    private sealed class Measurement(
        PointReport report, PointCalibration? calibration, PointEvaluation test, PointRun run) : RunMeasurement
    {
        public override object Report => report;

        public override string? Fault => null;

        public override IReadOnlyList<string> Keep(RunFolder folder)
        {
            KeepReport(folder);
            calibration?.Write(folder.Path);
            return PointPictures.Write(folder.Path, test, run.Data.Sets);
        }

        public override void WriteText(TextWriter output, IReadOnlyList<string> files)
        {
            PointText.Write(output, report);
            output.WriteLine($"Wrote {string.Join(", ", files)}.");
        }
    }
}
