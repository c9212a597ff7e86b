using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Datasets.Molecules;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Runs;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Cli.Commands;

/// <summary>lieconv convert export|import: weights as safetensors, under our names or the original's.</summary>
internal static class ConvertCommand
{
    /// <summary>Makes a run of a file: file, folder, whether by the original's names, and who is told.</summary>
    private delegate void Importing(ParseResult result, string file, string folder, bool original, Action<string> log);

    public static Command Create() =>
        new("convert", "Exchange weights as safetensors, also with the original PyTorch code.") { Export(), Import() };

    private static Command Export()
    {
        var run = new Argument<string>("RUN") { Description = "Folder of a run." }.NoOption();
        var file = new Argument<string>("FILE") { Description = "The safetensors file to make." }.NoOption();
        var checkpoint = CommonOptions.Text(
            "--checkpoint", "last or best [default: best, and where there is none, last].", "NAME");
        var original = Original();
        var command = new Command("export", "Write the network of a run as one file.")
        {
            run, file, checkpoint, original,
        };
        command.SetAction(result =>
        {
            var path = result.GetRequiredValue(file);
            if (string.IsNullOrWhiteSpace(path)) throw new ArgumentException("FILE is blank; expected a path.");
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            var count = Export(
                result.GetRequiredValue(run), result.GetValue(checkpoint), path, result.GetValue(original), console.Say);
            result.InvocationConfiguration.Output.WriteLine($"Wrote {count} tensors to {path}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static int Export(string run, string? checkpoint, string file, bool original, Action<string> log)
    {
        var task = RunConfig.TaskOf(RunFolder.Open(run).Config);
        if (DynamicsConfig.IsTask(task)) return DynamicsWeights.Export(run, checkpoint, file, original, log);
        return MoleculeConfig.IsTask(task)
            ? MoleculeWeights.Export(run, checkpoint, file, original, log)
            : RotMnistWeights.Export(run, checkpoint, file, original);
    }

    /// <summary>A command for each task, whose options differ; the command itself is that of rotated digits.</summary>
    private static Command Import()
    {
        var digits = new RotMnistOptionSet();
        var command = Importer(
            "import", "Make a run, ready to be evaluated, from the weights in a file.", digits.All, Digits(digits));
        var same = new RotMnistOptionSet();
        command.Add(Importer(RotMnistConfig.TaskName, "Weights for rotated digits.", same.All, Digits(same)));
        foreach (var task in new[] { DynamicsConfig.Springs, DynamicsConfig.NBody })
        {
            var settings = new DynamicsOptionSet(task);
            command.Add(Importer(
                task, $"Weights for moving particles ({task}).", settings.All,
                (result, file, folder, original, log) =>
                    DynamicsWeights.Import(file, settings.Configure(result), folder, original, log)));
        }
        foreach (var task in new[] { MoleculeDataOptions.Qm9, MoleculeDataOptions.Qm7, MoleculeDataOptions.Md17 })
        {
            var settings = new MoleculeOptionSet(task);
            command.Add(Importer(
                task, $"Weights for molecules ({task}).", settings.All,
                (result, file, folder, original, log) =>
                    MoleculeWeights.Import(file, settings.Configure(result), folder, original, log)));
        }
        return command;
    }

    private static Importing Digits(RotMnistOptionSet settings) => (result, file, folder, original, log) =>
        RotMnistWeights.Import(file, settings.Configure(result), folder, original, log);

    private static Command Importer(string name, string description, IEnumerable<Option> settings, Importing import)
    {
        var file = new Argument<string>("FILE") { Description = "A safetensors file of one network." }.NoOption();
        var folder = new Option<string>("--out")
        {
            Description = "The run's folder to make.", HelpName = "DIR", Required = true,
        };
        var original = Original();
        var command = new Command(name, description) { file, folder, original };
        foreach (var option in settings) command.Options.Add(option);
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            var path = result.GetRequiredValue(folder);
            import(result, result.GetRequiredValue(file), path, result.GetValue(original), console.Say);
            result.InvocationConfiguration.Output.WriteLine($"Made {path}; try: lieconv evaluate {ShellWord.Quote(path)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<bool> Original() => new("--original")
    {
        Description = "Use the parameter names of the original PyTorch code.",
    };
}
