using System.Text.Json;

namespace LieConv.Tests.Parity.Format;

/// <summary>One recorded run of the original: its configuration, tolerances and, on demand, its arrays.</summary>
public sealed class GoldenCase
{
    private readonly Lazy<IReadOnlyDictionary<string, NpyArray>> _arrays;
    private readonly JsonElement _tolerance;
    private readonly JsonElement _entry;

    /// <summary>A case of an archive.</summary>
    /// <param name="folder">Where the archives are.</param>
    /// <param name="json">The manifest's entry.</param>
    internal GoldenCase(string folder, JsonElement json) : this(json, null) =>
        Path = System.IO.Path.Combine(folder, json.GetProperty("file").GetString()!);

    /// <summary>A case with arrays of its own, or with those of its archive.</summary>
    /// <param name="json">An entry as the manifest has them.</param>
    /// <param name="arrays">The arrays; null to read them on demand.</param>
    internal GoldenCase(JsonElement json, IReadOnlyDictionary<string, NpyArray>? arrays)
    {
        Name = json.GetProperty("name").GetString()!;
        Section = json.GetProperty("section").GetString()!;
        _entry = json;
        Sha256 = json.TryGetProperty("sha256", out var hash) ? hash.GetString() : null;
        ZeroByTheory = json.TryGetProperty("zero_by_theory", out var zero)
            ? [.. zero.EnumerateArray().Select(item => item.GetString()!)]
            : [];
        Patches = json.TryGetProperty("patches_to_original", out var patches)
            ? [.. patches.EnumerateArray().Select(item => item.GetString()!)]
            : [];
        _tolerance = json.GetProperty("tolerance");
        _arrays = new(() => arrays ?? NpzReader.Read(Path));
    }

    /// <summary>Unique name, section and family first.</summary>
    public string Name { get; }

    /// <summary>A to F.</summary>
    public string Section { get; }

    /// <summary>What was run; a new one for each run, which notes what the run asks for.</summary>
    public CaseConfig NewConfig() => new(_entry.GetProperty("config"));

    /// <summary>The manifest's entry.</summary>
    internal string EntryText => _entry.GetRawText();

    /// <summary>The archive; empty where the case has arrays of its own.</summary>
    public string Path { get; } = "";

    /// <summary>Checksum of the archive, where the manifest has one.</summary>
    public string? Sha256 { get; }

    /// <summary>Gradients that vanish identically, so that only round-off is stored.</summary>
    public IReadOnlyList<string> ZeroByTheory { get; }

    /// <summary>What was repaired in the original for this recording, in words.</summary>
    public IReadOnlyList<string> Patches { get; }

    /// <summary>All arrays.</summary>
    public IReadOnlyDictionary<string, NpyArray> Arrays => _arrays.Value;

    /// <summary>Whether an array is stored.</summary>
    public bool Has(string array) => Arrays.ContainsKey(array);

    /// <summary>The case's tolerance in one precision; null where it was not computed in it.</summary>
    public double? Tolerance(bool singlePrecision) => Number(singlePrecision ? "float32" : "float64");

    /// <summary>The tolerance of one array: in single precision some have their own.</summary>
    public double Tolerance(bool singlePrecision, string array)
    {
        if (singlePrecision && _tolerance.TryGetProperty("float32_by_array", out var own)
            && own.TryGetProperty(array, out var value))
            return value.GetDouble();
        return Tolerance(singlePrecision) ?? Tolerance(!singlePrecision)
            ?? throw new InvalidDataException($"{Name} has no tolerance in the manifest.");
    }

    private double? Number(string key) =>
        _tolerance.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
}
