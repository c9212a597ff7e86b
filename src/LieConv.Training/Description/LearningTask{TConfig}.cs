using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>A <see cref="LearningTask"/> by its configuration.</summary>
/// <typeparam name="TConfig">What config.json holds.</typeparam>
public abstract class LearningTask<TConfig> : LearningTask where TConfig : RunConfig
{
    /// <summary>Describes a task.</summary>
    /// <param name="name">Its name: of the command, and in config.json.</param>
    /// <param name="description">What is learnt, as a sentence.</param>
    protected LearningTask(string name, string description) : base(name, description)
    {
    }

    /// <summary>What a configuration follows from when all is given that is: it and the keys that were assigned by
    /// name; null where nothing does.</summary>
    protected Func<TConfig, IReadOnlyList<string>, TConfig>? Complete { get; init; }

    /// <inheritdoc/>
    public sealed override RunConfig Configure(SettingValues given, IEnumerable<string> assignments)
    {
        ArgumentNullException.ThrowIfNull(given);
        var config = CreatePreset(given);
        // What sets several keys at once comes first: what is given by itself lies over it.
        foreach (var setting in Settings.Where(setting => !setting.IsOfPreset).OrderBy(setting => setting.Sets is null))
            if (given[setting.Option] is { } value) config = setting.Apply(config, value);
        string[] own = [.. assignments];
        config = ConfigEditor.Apply(config, own);
        return Complete is null ? config : Complete(config, [.. own.SelectMany(Keys)]);

        IEnumerable<string> Keys(string assignment)
        {
            var equals = assignment.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = (assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
            return FormerKey.Find(config.FormerKeys, key)?.Now(value).Select(now => now.Key) ?? [key];
        }
    }

    /// <inheritdoc/>
    public sealed override RunConfig Read(string path) => ReadConfig(path);

    /// <inheritdoc/>
    public sealed override TrainingRun Start(RunConfig config, string? path, Action<string> log) =>
        StartRun((TConfig)config, path, log);

    /// <inheritdoc/>
    public sealed override TrainingRun Open(string path, Func<RunConfig, RunConfig> change, Action<string> log) =>
        OpenRun(path, config => (TConfig)change(config), log);

    /// <summary>The settings of a preset for what it depends on.</summary>
    /// <param name="given">The settings that were given; those that the preset is made for are taken from
    /// them.</param>
    /// <exception cref="ArgumentException">If there is no such preset.</exception>
    protected abstract TConfig CreatePreset(SettingValues given);

    /// <summary>Reads and checks a configuration, see <see cref="Read"/>.</summary>
    protected abstract TConfig ReadConfig(string path);

    /// <summary>Prepares a new run, see <see cref="Start"/>.</summary>
    protected abstract TrainingRun StartRun(TConfig config, string? path, Action<string> log);

    /// <summary>Opens a run, see <see cref="Open"/>.</summary>
    protected abstract TrainingRun OpenRun(string path, Func<TConfig, TConfig> change, Action<string> log);
}
