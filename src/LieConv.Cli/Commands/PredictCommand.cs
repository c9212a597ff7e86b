using System.CommandLine;
using System.Globalization;
using LieConv.Cli.Output;
using LieConv.Training;
using LieConv.Training.Configuration;
using LieConv.Training.Dynamics;

namespace LieConv.Cli.Commands;

/// <summary>lieconv predict RUN.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("RUN") { Description = "Folder of a run of moving particles." }.NoOption();
        var initial = new Option<string>("--initial")
        {
            Description = "Initial states, .json or .csv: mass, position and momentum of each particle.",
            HelpName = "FILE", Required = true,
        };
        var steps = CommonOptions.Count("--steps", "Time steps.");
        steps.Required = true;
        var timeStep = CommonOptions.Number<double>(
            "--time-step", "Time of a step [default: the training's].", "X", "a number above 0",
            value => value > 0 && double.IsFinite(value));
        var solver = CommonOptions.Text(
            "--solver", "Integrates the network's motion [default: the run's].", "NAME");
        var checkpoint = CommonOptions.Text(
            "--checkpoint", "last or best [default: best, and where there is none, last].", "NAME");
        var file = CommonOptions.Text("--out", "Where to write, .csv or .json [default: CSV on stdout].", "FILE");
        var threads = CommonOptions.Threads();
        var command = new Command("predict", "Predict how particles move from initial states of your own.")
        {
            path, initial, steps, timeStep, solver, checkpoint, file, threads,
        };
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            using var interruption = new Interruption(console.Say);
            var folder = RunFolder.Open(result.GetRequiredValue(path));
            if (RunConfig.TaskOf(folder.Config) is var task && !DynamicsConfig.IsTask(task) &&
                RotMnistConfig.Read(folder.Config) is not null) // whose reader says what is wrong with a damaged file
                throw new ArgumentException(
                    $"'{folder.Path}' is a run of {task}; predict is for runs of moving particles.");
            var target = result.GetValue(file);
            if (target is not null) MotionFile.IsJson(target); // refused before the work, not after it
            using var run = DynamicsRun.OpenToPredict(folder.Path, config => config with
            {
                Train = config.Train with { Threads = result.GetValue(threads) ?? config.Train.Threads },
            });
            run.Load(result.GetValue(checkpoint));
            var systems = InitialStateFile.Read(
                result.GetRequiredValue(initial), run.Model.Parameters, run.Model.Dimensions);
            var motions = Prediction.Of(
                run, systems, result.GetRequiredValue(steps)!.Value, result.GetValue(timeStep), result.GetValue(solver),
                interruption.Token);
            foreach (var (i, motion) in motions.Index())
                if (motion.FirstLostTime is { } lost)
                    console.Say(string.Create(CultureInfo.InvariantCulture,
                        $"The motion of system {i + 1} is no longer finite from time {lost:G6}; try shorter steps."));
            if (target is not null)
            {
                MotionFile.Write(target, motions);
                console.Say($"Wrote {target}.");
            }
            else
            {
                result.InvocationConfiguration.Output.Write(MotionFile.Csv(motions));
            }
            return ExitCode.Done;
        });
        return command;
    }
}
