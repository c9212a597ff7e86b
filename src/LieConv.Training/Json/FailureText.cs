using System.Text.RegularExpressions;

namespace LieConv.Training.Json;

/// <summary>The message of an exception in words for people, on one line.</summary>
public static partial class FailureText
{
    /// <summary>The message without what .NET adds for programmers: the parameter's name in parentheses, and the value
    /// on a line of its own.</summary>
    public static string Describe(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var text = Value().Replace(Parameter().Replace(failure.Message, ""), " It is ${value}");
        return string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [GeneratedRegex(@" ?\(Parameter '[^']*'\)", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\r?\nActual value was (?<value>[^\r\n]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Value();
}
