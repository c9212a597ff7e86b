using LieConv.Datasets.Readers;
using LieConv.Training.Learning;
using LieConv.Training.Runs;
using Spectre.Console;

namespace LieConv.Cli.Output;

/// <summary>What the user sees on stderr while something runs: a moving line on a terminal, plain lines
/// elsewhere.</summary>
/// <param name="error">Where it goes.</param>
internal sealed class StatusConsole(TextWriter error)
{
    private const int FullWidth = 80;
    private IAnsiConsole? _live;

    /// <summary>Prints a line; what cannot be printed, ends of lines among it, is written as \uXXXX.</summary>
    public void Say(string line)
    {
        line = PrintableText.Create(line);
        if (_live is null) error.WriteLine(line);
        else _live.WriteLine(line);
    }

    /// <summary>What fits: a squeezed column would wrap its numbers.</summary>
    private static ProgressColumn[] Columns(int width)
    {
        var text = new TaskDescriptionColumn { Alignment = Justify.Left };
        return width < FullWidth
            ? [text, new PercentageColumn()]
            : [text, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()];
    }

    /// <summary>Runs something and shows how it goes.</summary>
    /// <param name="run">What runs.</param>
    /// <param name="work">Is given the observer to tell.</param>
    public T Watch<T>(TrainingRun run, Func<TrainingObserver, T> work)
    {
        var (epochs, unit) = (run.Configuration.Train.Epochs, run.ExampleName);
        var metrics = new MetricText(run.Metrics);
        if (TerminalOutput.Find(error) is not { } terminal)
            return work(new LineObserver(Say, metrics, epochs, unit) { Notice = Say });
        _live = AnsiConsole.Create(new AnsiConsoleSettings { Out = terminal });
        try
        {
            return _live.Progress()
                .AutoClear(true)
                .Columns(Columns(_live.Profile.Width))
                .Start(context => work(
                    new LiveObserver(
                    context, new LineObserver(Say, metrics, epochs, unit), metrics, epochs, unit) { Notice = Say }));
        }
        finally
        {
            _live = null;
        }
    }
}
