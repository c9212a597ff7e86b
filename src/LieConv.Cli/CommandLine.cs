using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using LieConv.Cli.Basics;
using LieConv.Cli.Commands;
using LieConv.Cli.Output;
using LieConv.Datasets.Readers;
using LieConv.Training.Book;
using LieConv.Training.Tasks.Points;

namespace LieConv.Cli;

/// <summary>The tool: its commands, and how their failures become sentences and exit codes.</summary>
public static class CommandLine
{
    /// <summary>Columns of help texts, wherever they are printed.</summary>
    private const int HelpWidth = 110;

    /// <summary>All commands, for the tasks of this library.</summary>
    public static RootCommand CreateRoot() => CreateRoot(new TaskBook(TaskBook.All));

    /// <summary>All commands.</summary>
    /// <param name="book">The tasks that they know.</param>
    public static RootCommand CreateRoot(TaskBook book)
    {
        var root = new RootCommand(
            "Lie-group equivariant networks on points with values: train, evaluate, convert and inspect them.")
        {
            TrainCommand.Create(book), EvaluateCommand.Create(book), PredictCommand.Create(book), StudyCommand.Create(book),
            EquivarianceCommand.Create(), GroupsCommand.Create(),
            DataCommand.Create(book), ConvertCommand.Create(book), DoctorCommand.Create(book),
        };
        if (book.Tasks.OfType<OwnPoints>().FirstOrDefault() is { } points) root.Add(DiscoverCommand.Create(points));
        root.HelpName = "lieconv";
        foreach (var help in root.Options.OfType<HelpOption>())
            if (help.Action is HelpAction action) action.MaxWidth = HelpWidth;
        return root;
    }

    /// <summary>Runs the tool with the tasks of this library.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes progress and failures.</param>
    /// <returns>The exit code: 0 done, 1 bug, 2 bad input, 130 interrupted.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error) =>
        Run(args, output, error, new TaskBook(TaskBook.All));

    /// <summary>Runs the tool.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes progress and failures.</param>
    /// <param name="book">The tasks that it knows.</param>
    /// <returns>The exit code: 0 done, 1 bug, 2 bad input, 130 interrupted.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, TaskBook book)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        // Whatever is printed may quote files of others, which must not steer the terminal.
        (output, error) = (new PrintableWriter(output), new PrintableWriter(new QuietWriter(error)));
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var parsed = CreateRoot(book).Parse(args);
            if (parsed.Action is ParseErrorAction && parsed.Errors.Count > 0)
            {
                error.WriteLine($"{OneLine(MostTelling(parsed)).TrimEnd('.')}. See {HelpCommand(parsed)}.");
                return ExitCode.BadInput;
            }
            if (args.Length > 1 && IsForVersion(parsed))
            {
                error.WriteLine("--version stands alone; expected nothing before or after it. See lieconv --help.");
                return ExitCode.BadInput;
            }
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output, Error = error, EnableDefaultExceptionHandler = false,
            });
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception failure)
        {
            var sentence = Failure.Sentence(failure);
            error.WriteLine(sentence is not null ? PrintableText.Create(sentence) : $"This is a bug in lieconv; please report it with this trace.\n{failure}");
            return sentence is null ? ExitCode.Bug : ExitCode.BadInput;
        }
    }

    private static bool IsForVersion(ParseResult parsed) =>
        parsed.RootCommandResult.Command.Options.OfType<VersionOption>().Any(option => parsed.GetResult(option) is not null);

    /// <summary>A misspelt word explains more than what is missing because of it.</summary>
    private static string MostTelling(ParseResult parsed) =>
        (parsed.Errors.FirstOrDefault(error => error.Message.Contains("'-", StringComparison.Ordinal))
            ?? parsed.Errors.FirstOrDefault(error => parsed.UnmatchedTokens.Any(token =>
            error.Message.Contains($"'{token}'", StringComparison.Ordinal))) ?? parsed.Errors[0]).Message;

    private static string HelpCommand(ParseResult parsed)
    {
        var names = new List<string>();
        Symbol? symbol = parsed.CommandResult.Command;
        for (; symbol is Command and not RootCommand; symbol = symbol.Parents.FirstOrDefault())
            names.Insert(0, symbol.Name);
        return string.Join(' ', ["lieconv", .. names, "--help"]);
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
