using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Book;
using LieConv.Training.Description;
using LieConv.Training.Runs;

namespace LieConv.Cli.Commands;

/// <summary>lieconv predict RUN.</summary>
internal static class PredictCommand
{
    /// <param name="book">The tasks.</param>
    public static Command Create(TaskBook book)
    {
        // Those with the fewest options first: all that they need is a file.
        LearningTask[] tasks =
            [.. book.Tasks.Where(task => task.Predictor is not null).OrderBy(task => task.Predictor!.Options.Count)];
        var path = new Argument<string>("RUN") { Description = "Folder of a run." }.NoOption();
        var paths = new Argument<string[]>("PATH")
        {
            Description = string.Join(' ', tasks.Select(task => task.Predictor!.Paths).OfType<string>().Distinct()),
            Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [],
        }.NoOption();
        var inputs = new SharedOptions(tasks.Select(task => (task, task.Predictor!.Options)));
        var checkpoint = CommonOptions.Checkpoint();
        var file = CommonOptions.Text("--out", "Where to write: .csv, .json or .parquet [default: CSV on stdout].", "FILE");
        var threads = CommonOptions.Threads();
        var json = new Option<bool>("--json") { Description = "Print JSON instead of CSV." };
        var what = string.Join(", ", tasks.Select(task => task.Predictor!.Description).Distinct());
        var command = new Command("predict", $"Predict from files of your own: {what}.") { path, paths };
        foreach (var option in inputs.All.Concat([checkpoint, file, json, threads])) command.Options.Add(option);
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            using var interruption = new Interruption(console.Say);
            var run = RunFolder.Open(result.GetRequiredValue(path));
            var task = book.FindFor(run);
            task.Read(run.Config); // says what is wrong with a damaged file
            var predictor = task.Predictor ?? throw new ArgumentException(
                $"'{run.Path}' is a run of {task.Name}; predict is for runs of " +
                $"{Words.And([.. tasks.Select(other => other.Family).Distinct()])}.");
            var options = inputs.Read(result, task, predictor.Options, run.Path);
            var files = result.GetValue(paths) ?? [];
            if (files.Length > 0 && predictor.Paths is null)
                throw new ArgumentException(
                    $"'{files[0]}' stands alone, as is for runs of {Words.Or(TakingPaths(tasks))}, but '{run.Path}' is " +
                    $"one of {task.Name}; expected {predictor.Options[0].Option} before it.");
            var target = result.GetValue(file);
            if (target is not null) ResultFile.Check(target); // refused before the work, not after it
            var results = predictor.Predict(new PredictionRequest(run, options)
            {
                Paths = files, Checkpoint = result.GetValue(checkpoint), Threads = result.GetValue(threads), Say = console.Say,
                Interruption = interruption.Token,
            });
            Write(results, target, result.GetValue(json), result.InvocationConfiguration.Output, console);
            return results.Faults == 0 ? ExitCode.Done : ExitCode.BadInput;
        });
        return command;
    }

    private static string[] TakingPaths(IEnumerable<LearningTask> tasks) =>
        [.. tasks.Where(task => task.Predictor!.Paths is not null).Select(task => task.Family).Distinct()];

    private static void Write(
        PredictedResults results, string? target, bool json, TextWriter output, StatusConsole console)
    {
        if (target is not null && results.Count > 0)
        {
            ResultFile.Write(target, results);
            console.Say(results.Written(target));
        }
        else if (results.Count > 0)
        {
            output.Write(json ? results.Json() + "\n" : results.Table().Csv());
        }
        if (results.Faults > 0 && results.Remark is { } remark) console.Say(remark);
    }
}
