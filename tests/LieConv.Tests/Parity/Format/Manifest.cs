using System.Text.Json;
using System.Text.RegularExpressions;

namespace LieConv.Tests.Parity.Format;

/// <summary>The recorded runs of a folder, as its manifest.json lists them.</summary>
public sealed partial class Manifest
{
    /// <summary>Environment variable that names another folder of the same format.</summary>
    public const string FolderVariable = "LIECONV_GOLDEN";

    private Manifest(string folder, IReadOnlyList<GoldenCase> cases) => (Folder, Cases) = (folder, cases);

    /// <summary>The folder of this run: the one the environment names, or the copies beside the tests.</summary>
    public static Manifest Current { get; } = Load(
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named
            ? named
            : Path.Combine(AppContext.BaseDirectory, "golden"));

    /// <summary>Where the cases are.</summary>
    public string Folder { get; }

    /// <summary>All cases in the manifest's order.</summary>
    public IReadOnlyList<GoldenCase> Cases { get; }

    /// <summary>Reads a folder's manifest.</summary>
    /// <exception cref="InvalidDataException">If it is not one.</exception>
    public static Manifest Load(string folder)
    {
        var path = Path.Combine(folder, "manifest.json");
        try
        {
            using var document = JsonDocument.Parse(WithNames(File.ReadAllText(path)));
            var cases = document.RootElement.GetProperty("cases").Clone().EnumerateArray();
            return new Manifest(folder, [.. cases.Select(item => new GoldenCase(folder, item))]);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a manifest of golden cases: {error.Message}", error);
        }
    }

    /// <summary>Python writes infinities and NaN as bare words, which JSON does not have: as texts.</summary>
    internal static string WithNames(string json) => BareWord().Replace(
        json, match => match.Groups["word"].Success ? $"\"{match.Value}\"" : match.Value);

    [GeneratedRegex("""
        "(\\.|[^"\\])*"|(?<word>-?Infinity|NaN)
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex BareWord();
}
