using System.Text;
using LieConv.Datasets;

namespace LieConv.Cli.Output;

/// <summary>
/// Hands on text with every control character but ends of lines and tabs as \uXXXX, which in JSON means the same: names
/// and contents of files reach a terminal as text only. All that the tool prints goes through one of these, but the
/// moving bars, which are its own.
/// </summary>
/// <param name="target">Takes the text.</param>
internal sealed class PrintableWriter(TextWriter target) : TextWriter(target.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => target.Encoding;

    /// <summary>Whether a writer ends at a terminal's stderr.</summary>
    public static bool IsTerminal(TextWriter writer) =>
        !Console.IsErrorRedirected
        && ReferenceEquals(writer is PrintableWriter printable ? printable.Target : writer, Console.Error);

    private TextWriter Target => target;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (PrintableText.IsPrintable(value, keepsLines: true)) target.Write(value);
        else target.Write(PrintableText.Of(value.ToString()));
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => target.Write(Printable(value));

    /// <inheritdoc/>
    public override void WriteLine() => target.WriteLine();

    // One call, so that lines of several threads do not mix.

    /// <inheritdoc/>
    public override void WriteLine(string? value) => target.WriteLine(Printable(value));

    /// <inheritdoc/>
    public override Task WriteLineAsync(string? value) => target.WriteLineAsync(Printable(value));

    /// <inheritdoc/>
    public override void Flush() => target.Flush();

    private static string Printable(string? value) => PrintableText.Of(value ?? "", keepsLines: true);
}
