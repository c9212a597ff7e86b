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
        string[] families = [.. tasks.Select(task => task.Family).Distinct()];
        var path = new Argument<string>("RUN") { Description = $"Folder of a run of {Words.Or(families)}." }.NoOption();
        var inputs = new SharedOptions(tasks.Select(task => (task, task.Predictor!.Options)));
        var checkpoint = CommonOptions.Checkpoint();
        var file = CommonOptions.Text("--out", "Where to write, .csv or .json [default: CSV on stdout].", "FILE");
        var threads = CommonOptions.Threads();
        var what = Words.Or([.. tasks.Select(task => task.Predictor!.Description).Distinct()], beforeOr: ",");
        var command = new Command("predict", $"Predict {what}, from files of your own.") { path };
        foreach (var option in inputs.All.Concat([checkpoint, file, threads])) command.Options.Add(option);
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            using var interruption = new Interruption(console.Say);
            var run = RunFolder.Open(result.GetRequiredValue(path));
            var task = book.Of(run);
            task.Read(run.Config); // says what is wrong with a damaged file
            var predictor = task.Predictor ?? throw new ArgumentException(
                $"'{run.Path}' is a run of {task.Name}; predict is for runs of {Words.And(families)}.");
            var options = inputs.Read(result, task, predictor.Options, run.Path);
            var target = result.GetValue(file);
            if (target is not null) ResultFile.IsJson(target); // refused before the work, not after it
            var results = predictor.Predict(new PredictionRequest(run, options)
            {
                Checkpoint = result.GetValue(checkpoint), Threads = result.GetValue(threads), Say = console.Say,
                Interruption = interruption.Token,
            });
            Write(results, target, result.InvocationConfiguration.Output, console);
            return results.Faults == 0 ? ExitCode.Done : ExitCode.BadInput;
        });
        return command;
    }

    private static void Write(PredictedResults results, string? target, TextWriter output, StatusConsole console)
    {
        if (target is not null && results.Count > 0)
        {
            ResultFile.Write(target, results);
            console.Say(results.Written(target));
        }
        else if (results.Count > 0)
        {
            output.Write(results.Csv());
        }
        if (results.Faults > 0 && results.Remark is { } remark) console.Say(remark);
    }
}
