using System.Text;
using Spectre.Console;

namespace LieConv.Cli.Output;

/// <summary>The terminal behind stderr, for bars that move.</summary>
internal sealed class TerminalOutput : IAnsiConsoleOutput
{
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    private TerminalOutput(TextWriter writer) => Writer = writer;

    public TextWriter Writer { get; }

    public bool IsTerminal => true;

    public int Width => Size(() => Console.BufferWidth, UsualWidth);

    public int Height => Size(() => Console.WindowHeight, UsualHeight);

    /// <summary>The terminal that a writer of messages leads to; null where it leads elsewhere: to a file, a pipe or a
    /// test.</summary>
    public static TerminalOutput? Find(TextWriter error)
    {
        // The bars move by control characters, which a printable writer would spell out.
        if (error is PrintableWriter printable) error = printable.Target;
        var end = error is QuietWriter quiet ? quiet.Inner : error;
        return ReferenceEquals(end, Console.Error) && !Console.IsErrorRedirected ? new TerminalOutput(error) : null;
    }

    public void SetEncoding(Encoding encoding)
    {
        // The writer has its encoding, that of the console.
    }

    /// <summary>A terminal that was closed has no size.</summary>
    private static int Size(Func<int> read, int usual)
    {
        try
        {
            return read() is > 0 and var size ? size : usual;
        }
        catch (Exception failure) when (failure is IOException or PlatformNotSupportedException)
        {
            return usual;
        }
    }
}
