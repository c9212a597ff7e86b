using System.Text;

namespace LieConv.Cli.Output;

/// <summary>
/// A writer of messages whose failures are nobody's business: that a terminal was closed, or the disk is full on which
/// stderr is kept, must not end hours of training.
/// </summary>
/// <param name="inner">Where the messages go; it stays the caller's.</param>
internal sealed class QuietWriter(TextWriter inner) : TextWriter
{
    /// <summary>Where the messages go.</summary>
    public TextWriter Inner { get; } = inner;

    public override Encoding Encoding => Inner.Encoding;

    public override void Write(char value) => Try(() => Inner.Write(value));

    public override void Write(string? value) => Try(() => Inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => Inner.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => Inner.WriteLine(value));

    public override void WriteLine() => Try(Inner.WriteLine);

    public override void Flush() => Try(Inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            // There is no place left to say it.
        }
    }
}
