using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Json;
using LieConv.Training.Tasks.Digits;

namespace LieConv.Cli.Commands;

/// <summary>lieconv convert export|import: weights as safetensors, under our names or the original's.</summary>
internal static class ConvertCommand
{
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
            var count = RotMnistWeights.Export(
                result.GetRequiredValue(run), result.GetValue(checkpoint), path, result.GetValue(original));
            result.InvocationConfiguration.Output.WriteLine($"Wrote {count} tensors to {path}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "A safetensors file of one network." }.NoOption();
        var folder = new Option<string>("--out")
        {
            Description = "The run's folder to make.", HelpName = "DIR", Required = true,
        };
        var original = Original();
        var settings = new TaskOptions(new RotatedDigits());
        var command = new Command("import", "Make a run, ready to be evaluated, from the weights in a file.")
        {
            file, folder, original,
        };
        foreach (var option in settings.All) command.Options.Add(option);
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            var path = result.GetRequiredValue(folder);
            RotMnistWeights.Import(
                result.GetRequiredValue(file), (RotMnistConfig)settings.Configure(result), path, result.GetValue(original),
                console.Say);
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
