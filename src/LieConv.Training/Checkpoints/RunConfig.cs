using System.Text.Json;
using System.Text.Json.Serialization;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Checkpoints;

/// <summary>What the configurations of all tasks share: config.json of a run folder.</summary>
public abstract record RunConfig : IFormerKeys
{
    /// <summary>The version that this library writes. It reads 1 too, in which what all blocks of a network have in common
    /// stood beside the network's own settings, not in its block.</summary>
    public const int CurrentSchemaVersion = 2;

    /// <summary>Version of the layout.</summary>
    [JsonPropertyOrder(-9)]
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Name of the task.</summary>
    [JsonPropertyOrder(-8)]
    public abstract string Task { get; init; }

    /// <summary>The preset that the other values started from.</summary>
    [JsonPropertyOrder(-7)]
    public string Preset { get; init; } = "";

    /// <summary>What was found when the run started; empty before. A run is only continued on the same data.</summary>
    [JsonPropertyOrder(-3)]
    public string DataDescription { get; init; } = "";

    /// <summary>The training.</summary>
    [JsonPropertyOrder(1)]
    public TrainOptions Train { get; init; } = new();

    /// <summary>Keys of version 1, and of command lines of that time, that have other names now.</summary>
    /// <value>None.</value>
    [JsonIgnore]
    public IReadOnlyList<FormerKey> FormerKeys { get; protected init; } = [];

    /// <summary>All that is wrong, one sentence each.</summary>
    public abstract IReadOnlyList<string> Validate();

    /// <summary>What a checkpoint of this training must agree on to be loaded, by dotted name.</summary>
    public abstract IReadOnlyDictionary<string, string> Identity();

    /// <summary>What is wrong with the version; null where nothing is.</summary>
    protected string? VersionError() => SchemaVersion == CurrentSchemaVersion
        ? null
        : $"schemaVersion is {SchemaVersion}; this version reads 1 to {CurrentSchemaVersion}.";

    /// <summary>What the shape of a network is where nothing is said, by dotted name: that of checkpoints that were made
    /// before there was a choice.</summary>
    /// <param name="identity">What <see cref="Identity"/> gave.</param>
    internal static IReadOnlyDictionary<string, string> UsualIdentity(IReadOnlyDictionary<string, string> identity) =>
        identity is IdentityDictionary { Usual: var usual } ? usual : new Dictionary<string, string>();

    /// <summary>The task of a run's configuration.</summary>
    /// <param name="path">Its config.json.</param>
    /// <returns>The name; null where none can be read.</returns>
    public static string? TaskOf(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(JsonText.Read(path));
            return json.RootElement.GetProperty("task").GetString();
        }
        catch (Exception failure) when (
            failure is JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Reads and checks a configuration.</summary>
    /// <param name="path">Its config.json.</param>
    /// <param name="tasks">The tasks that have such a configuration.</param>
    /// <exception cref="InvalidDataException">If it is missing, damaged or wrong: one line that names the
    /// file.</exception>
    protected internal static TConfig Read<TConfig>(string path, params IReadOnlyList<string> tasks) where TConfig : RunConfig
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (File.Exists(path) && TaskOf(path) is { } task && !tasks.Contains(task))
        {
            using var readable = ConfigFile.Read<JsonDocument>(path); // a damaged file is of no task
            throw new InvalidDataException($"'{path}' is of a run of {task}; expected {string.Join(" or ", tasks)}.");
        }
        var config = (TConfig)ConfigVersions.Read(path, typeof(TConfig));
        return config.Validate() is { Count: > 0 } errors
            ? throw new InvalidDataException($"'{path}' is wrong: {string.Join(" ", errors)}")
            : config;
    }

    /// <summary>What is wrong according to a check that throws; null where nothing is.</summary>
    protected static string? Complaint(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (ArgumentException failure)
        {
            return FailureText.Describe(failure);
        }
    }
}
