using System.Text;
using LieConv.Datasets.Readers;

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
    public override Encoding Encoding => Target.Encoding;

    /// <summary>Where the text goes.</summary>
    public TextWriter Target { get; } = target;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (PrintableText.IsPrintable(value, keepsLines: true)) Target.Write(value);
        else Target.Write(PrintableText.Create(value.ToString()));
    }

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => Target.Write(Printable(value));

    /// <inheritdoc/>
    public override void WriteLine() => Target.WriteLine();

    // One call, so that lines of several threads do not mix.

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Target.WriteLine(Printable(value));

    /// <inheritdoc/>
    public override Task WriteLineAsync(string? value) => Target.WriteLineAsync(Printable(value));

    /// <inheritdoc/>
    public override void Flush() => Target.Flush();

    private static string Printable(string? value) => PrintableText.Create(value ?? "", keepsLines: true);
}
