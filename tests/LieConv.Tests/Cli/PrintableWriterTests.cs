using LieConv.Cli.Output;
using LieConv.Datasets.Readers;

namespace LieConv.Tests.Cli;

/// <summary>What a terminal would obey is written as text.</summary>
public sealed class PrintableWriterTests
{
    [Theory]
    [InlineData("plain é 分子 🧪 \\", "plain é 分子 🧪 \\")]
    [InlineData("\u001b[2J", "\\u001b[2J")]
    [InlineData("a\u0000b\u0007\b\u007f\u0085\u009b", "a\\u0000b\\u0007\\u0008\\u007f\\u0085\\u009b")]
    [InlineData("\u202eabc\u2066\u200f\u2028", "\\u202eabc\\u2066\\u200f\\u2028")]
    public void Write_AnyWay_HandsOnTextOnly(string text, string expected)
    {
        Assert.Equal(expected, PrintableText.Create(text));
        using var target = new StringWriter { NewLine = "\n" };
        using var writer = new PrintableWriter(target);
        writer.Write(text);
        foreach (var c in text) writer.Write(c);
        writer.Write(text.AsSpan());
        writer.Write(text.ToCharArray());
        Assert.Equal(string.Concat(Enumerable.Repeat(expected, 4)), target.ToString());
    }

    [Fact]
    public void WriteLine_LinesAndTabs_Stay()
    {
        using var target = new StringWriter { NewLine = "\n" };
        using var writer = new PrintableWriter(target);
        writer.WriteLine("a\n\tb");
        writer.WriteLine();
        writer.WriteLine("\u001b");
        Assert.Equal("a\n\tb\n\n\\u001b\n", target.ToString());
        Assert.Equal("a\\u000a\\u0009b", PrintableText.Create("a\n\tb"));
    }
}
