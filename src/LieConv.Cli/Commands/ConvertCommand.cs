using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Book;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Runs;

namespace LieConv.Cli.Commands;

/// <summary>lieconv convert export|import: weights as safetensors, under our names or the original's.</summary>
internal static class ConvertCommand
{
    /// <param name="book">The tasks.</param>
    public static Command Create(TaskBook book) =>
        new("convert", "Exchange weights as safetensors, also with the original PyTorch code.")
        {
            Export(book), Import(book),
        };

    private static Command Export(TaskBook book)
    {
        var run = new Argument<string>("RUN") { Description = "Folder of a run." }.NoOption();
        var file = new Argument<string>("FILE") { Description = "The safetensors file to make." }.NoOption();
        var checkpoint = CommonOptions.Checkpoint();
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
            var folder = RunFolder.Open(result.GetRequiredValue(run));
            var count = book.FindFor(folder).Weights.Export(
                folder, result.GetValue(checkpoint), path, result.GetValue(original), console.Say);
            result.InvocationConfiguration.Output.WriteLine($"Wrote {count} tensors to {path}.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A command for each task, whose options differ; the command itself is that of the first.</summary>
    private static Command Import(TaskBook book)
    {
        var command = Importer(
            book.Tasks[0], "import", "Make a run, ready to be evaluated, from the weights in a file.");
        foreach (var task in book.Tasks)
        {
            var words = task.Description;
            command.Add(Importer(task, task.Name, $"Weights for {char.ToLowerInvariant(words[0])}{words[1..]}"));
        }
        return command;
    }

    private static Command Importer(LearningTask task, string name, string description)
    {
        var file = new Argument<string>("FILE") { Description = "A safetensors file of one network." }.NoOption();
        var folder = new Option<string>("--out")
        {
            Description = "The run's folder to make.", HelpName = "DIR", Required = true,
        };
        var original = Original();
        var settings = new TaskOptions(task);
        var command = new Command(name, description) { file, folder, original };
        foreach (var option in settings.All) command.Options.Add(option);
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            var path = result.GetRequiredValue(folder);
            task.Weights.Import(
                result.GetRequiredValue(file), settings.Configure(result), path, result.GetValue(original), console.Say);
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
