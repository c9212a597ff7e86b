namespace LieConv.Cli.Commands;

/// <summary>Lists in sentences.</summary>
internal static class Words
{
    /// <summary>a, b or c.</summary>
    public static string Or(IReadOnlyList<string> words) => Join(words, " or ");

    /// <summary>a, b and c.</summary>
    public static string And(IReadOnlyList<string> words) => Join(words, " and ");

    private static string Join(IReadOnlyList<string> words, string last) => words.Count < 2
        ? string.Concat(words)
        : string.Join(", ", words.SkipLast(1)) + last + words[^1];
}
