using System.CommandLine;
using System.Globalization;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Checkpoints;
using LieConv.Training.Runs;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Cli.Commands;

/// <summary>lieconv predict RUN.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("RUN") { Description = "Folder of a run of molecules or moving particles." }.NoOption();
        var initial = new Option<string?>("--initial")
        {
            Description = "Particles: initial states, .json or .csv: mass, position and momentum of each particle.",
            HelpName = "FILE",
        };
        var steps = CommonOptions.Count("--steps", "Particles: time steps.", RolloutOptions.MaximumSteps);
        var molecules = CommonOptions.Text(
            "--molecules", "Molecules: a .xyz or .sdf file, or a folder of them.", "PATH");
        var timeStep = CommonOptions.Number<double>(
            "--time-step", "Particles: time of a step [default: the training's].", "X", "a number above 0",
            value => value > 0 && double.IsFinite(value));
        var solver = CommonOptions.Text(
            "--solver", "Particles: integrates the motion [default: the run's].", "NAME");
        var checkpoint = CommonOptions.Text(
            "--checkpoint", "last or best [default: best, and where there is none, last].", "NAME");
        var file = CommonOptions.Text("--out", "Where to write, .csv or .json [default: CSV on stdout].", "FILE");
        var threads = CommonOptions.Threads();
        var command = new Command("predict", "Predict properties of molecules, or how particles move, from files of your own.")
        {
            path, molecules, initial, steps, timeStep, solver, checkpoint, file, threads,
        };
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            using var interruption = new Interruption(console.Say);
            var folder = RunFolder.Open(result.GetRequiredValue(path));
            var task = RunConfig.TaskOf(folder.Config);
            if (MoleculeConfig.IsTask(task))
            {
                if (new Option[] { initial, steps, timeStep, solver }.FirstGiven(result) is { } other)
                    throw new ArgumentException(
                        $"{other.Name} is for runs of moving particles; '{folder.Path}' is one of {task}.");
                return PredictMolecules.Run(
                    result, console, folder.Path,
                    result.GetValue(molecules) ?? throw new ArgumentException(
                        $"--molecules is missing: '{folder.Path}' is a run of {task}; expected a file or a folder."),
                    result.GetValue(checkpoint), result.GetValue(threads), result.GetValue(file), interruption.Token);
            }
            if (!DynamicsConfig.IsTask(task) &&
                RotMnistConfig.Read(folder.Config) is not null) // whose reader says what is wrong with a damaged file
                throw new ArgumentException(
                    $"'{folder.Path}' is a run of {task}; predict is for runs of molecules and moving particles.");
            if (result.GetValue(molecules) is not null)
                throw new ArgumentException($"--molecules is for runs of molecules; '{folder.Path}' is one of {task}.");
            if (result.GetValue(initial) is not { } states)
                throw new ArgumentException("--initial is missing; expected a file with initial states.");
            if (result.GetValue(steps) is not { } count)
                throw new ArgumentException("--steps is missing; expected a number of time steps.");
            var target = result.GetValue(file);
            if (target is not null) MotionFile.IsJson(target); // refused before the work, not after it
            using var run = DynamicsRun.OpenToPredict(folder.Path, config => config with
            {
                Train = config.Train with { Threads = result.GetValue(threads) ?? config.Train.Threads },
            });
            run.Load(result.GetValue(checkpoint));
            var systems = InitialStateFile.Read(
                states, run.Model.Parameters, run.Model.Dimensions);
            var motions = Prediction.Of(
                run, systems, count, result.GetValue(timeStep), result.GetValue(solver),
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
            return motions.Any(motion => motion.FirstLostTime is not null) ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;
    }
}
