using System.CommandLine;
using System.Globalization;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Datasets.Digits;
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
        var path = new Argument<string>("RUN") { Description = "Folder of a run." }.NoOption();
        var pictures = new Argument<string[]>("PATH")
        {
            Description = "Digits: pictures (PNG, JPEG, BMP), idx or amat files, or folders of them.",
            Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [],
        }.NoOption();
        var ink = CommonOptions.Choice<Ink>(
            "--ink", "Digits: light, dark, or auto: by each picture's border [default: auto].", "light, dark or auto");
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
        var json = new Option<bool>("--json") { Description = "Print JSON instead of CSV." };
        var threads = CommonOptions.Threads();
        var command = new Command("predict", "Predict from files of your own: what a digit is, properties of molecules, how particles move.")
        {
            path, pictures, ink, molecules, initial, steps, timeStep, solver, checkpoint, file, json, threads,
        };
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            using var interruption = new Interruption(console.Say);
            var folder = RunFolder.Open(result.GetRequiredValue(path));
            var task = RunConfig.TaskOf(folder.Config);
            var paths = result.GetValue(pictures) ?? [];
            var isJson = result.GetValue(json);
            var ofParticles = new Option[] { initial, steps, timeStep, solver };
            if (MoleculeConfig.IsTask(task))
            {
                RefuseDigits(paths, ink, result, folder.Path, task);
                RefuseOthers(ofParticles, "moving particles", result, folder.Path, task);
                return PredictMolecules.Run(
                    result, console, folder.Path,
                    result.GetValue(molecules) ?? throw new ArgumentException(
                        $"--molecules is missing: '{folder.Path}' is a run of {task}; expected a file or a folder."),
                    result.GetValue(checkpoint), result.GetValue(threads), result.GetValue(file), isJson, interruption.Token);
            }
            if (!DynamicsConfig.IsTask(task))
            {
                RotMnistConfig.Read(folder.Config); // whose reader says what is wrong with a damaged file
                RefuseOthers([molecules], "molecules", result, folder.Path, task);
                RefuseOthers(ofParticles, "moving particles", result, folder.Path, task);
                return PredictDigits.Run(
                    result, console, folder.Path, paths, result.GetValue(ink) ?? Ink.Auto, result.GetValue(checkpoint),
                    result.GetValue(threads), result.GetValue(file), isJson, interruption.Token);
            }
            RefuseDigits(paths, ink, result, folder.Path, task);
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
                result.InvocationConfiguration.Output.Write(
                    isJson ? MotionFile.Json(motions) + "\n" : MotionFile.Csv(motions));
            }
            return motions.Any(motion => motion.FirstLostTime is not null) ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;
    }

    private static void RefuseOthers(
        IEnumerable<Option> options, string whose, ParseResult result, string run, string task)
    {
        if (options.FirstGiven(result) is { } other)
            throw new ArgumentException($"{other.Name} is for runs of {whose}; '{run}' is one of {task}.");
    }

    private static void RefuseDigits(
        string[] paths, Option ink, ParseResult result, string run, string task)
    {
        RefuseOthers([ink], "digits", result, run, task);
        if (paths.Length > 0)
            throw new ArgumentException(
                $"'{paths[0]}' stands alone, as is for runs of digits, but '{run}' is one of {task}; expected " +
                $"{(MoleculeConfig.IsTask(task) ? "--molecules" : "--initial")} before it.");
    }
}
