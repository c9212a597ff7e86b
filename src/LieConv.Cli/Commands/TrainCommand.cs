using System.CommandLine;
using LieConv.Training.Book;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;

namespace LieConv.Cli.Commands;

/// <summary>lieconv train TASK.</summary>
internal static class TrainCommand
{
    /// <param name="book">The tasks.</param>
    public static Command Create(TaskBook book)
    {
        var command = new Command("train", "Train a network.");
        foreach (var task in book.Tasks) command.Add(Create(task));
        return command;
    }

    private static Command Create(LearningTask task)
    {
        var settings = new TaskOptions(task);
        var session = new SessionOptions(task);
        var words = task.Description;
        var command = new Command(task.Name, $"Train on {char.ToLowerInvariant(words[0])}{words[1..]}");
        foreach (var option in settings.All.Concat(session.All)) command.Options.Add(option);
        command.SetAction(result =>
        {
            RunConfig ForThisSession(RunConfig config) =>
                config with { Train = session.ForThisSession(result, config.Train) };
            return session.Run(
                result, settings.FirstGiven,
                (folder, log) => task.Start(ForThisSession(settings.Configure(result)), folder, log),
                (path, log) => task.Open(path, config => ForThisSession(Own(config, path)), log));
        });
        return command;

        RunConfig Own(RunConfig config, string path) => config.Task == task.Name
            ? config
            : throw new ArgumentException(
                $"'{path}' is a run of {config.Task}; continue it with lieconv train {config.Task}.");
    }
}
