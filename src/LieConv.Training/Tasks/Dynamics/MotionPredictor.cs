using System.Globalization;
using LieConv.Training.Description;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Predicts how systems of a file move.</summary>
internal sealed class MotionPredictor : IPredictor
{
    public string Description => "how particles move";

    public string? Paths => null;

    public IReadOnlyList<Setting> Options { get; } =
    [
        Setting.Text("--initial", null,
            "Particles: initial states, .json or .csv: mass, position and momentum of each particle.", "FILE"),
        Setting.Count("--steps", null, "Particles: time steps.", most: RolloutOptions.MaximumSteps),
        Setting.Number("--time-step", null, "Particles: time of a step [default: the training's].", "X", "a number above 0",
            value => value > 0 && double.IsFinite(value)),
        Setting.Text("--solver", null, "Particles: integrates the motion [default: the run's].", "NAME"),
    ];

    public PredictedResults Predict(PredictionRequest request)
    {
        var options = request.Options;
        var states = options.Required("--initial", "a file with initial states");
        var steps = options.Count("--steps")
            ?? throw new ArgumentException("--steps is missing; expected a number of time steps.");
        using var run = DynamicsRun.OpenToPredict(request.Run.Path, config => config with
        {
            Train = config.Train with { Threads = request.Threads ?? config.Train.Threads },
        });
        run.Load(request.Checkpoint);
        var systems = InitialStateFile.Read(states, run.Model.Parameters, run.Model.Dimensions);
        var motions = Prediction.Compute(
            run, systems, steps, options.Number("--time-step"), options.Text("--solver"), request.Interruption);
        foreach (var (i, motion) in motions.Index())
            if (motion.FirstLostTime is { } lost)
                request.Say(string.Create(CultureInfo.InvariantCulture,
                    $"The motion of system {i + 1} is no longer finite from time {lost:G6}; try shorter steps."));
        return new Results(motions);
    }

    private sealed class Results(IReadOnlyList<PredictedMotion> motions) : PredictedResults
    {
        public override int Count => motions.Count;

        public override int Faults => motions.Count(motion => motion.FirstLostTime is not null);

        public override string? Remark => null;

        public override ResultTable Table() => MotionFile.Table(motions);

        public override string Json() => MotionFile.Json(motions);

        public override string Written(string path) => $"Wrote {path}.";
    }
}
