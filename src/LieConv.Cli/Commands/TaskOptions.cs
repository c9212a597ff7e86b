using System.CommandLine;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;

namespace LieConv.Cli.Commands;

/// <summary>The options of a task's settings, and the configuration that they make.</summary>
internal sealed class TaskOptions
{
    private readonly LearningTask _task;
    private readonly (Setting Setting, Option Option)[] _settings;
    private readonly Option<string[]> _set = CommonOptions.Set();

    /// <param name="task">The task.</param>
    public TaskOptions(LearningTask task) =>
        (_task, _settings) = (task, [.. task.Settings.Select(setting => (setting, SettingOption.Create(setting)))]);

    /// <summary>All of them, in the order of the help text.</summary>
    public IReadOnlyList<Option> All => [.. _settings.Select(pair => pair.Option), _set];

    /// <summary>Some of them, and any single setting.</summary>
    /// <param name="names">Their names.</param>
    public IReadOnlyList<Option> Only(params IReadOnlyList<string> names) =>
        [.. All.Where(option => names.Contains(option.Name) || option == _set)];

    /// <summary>The first of them that was given, or null.</summary>
    public Option? FirstGiven(ParseResult result) => All.FirstGiven(result);

    /// <summary>The preset's settings with all that was given laid over.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="usual">Single settings of this command, over which those that were given so are laid.</param>
    /// <exception cref="ArgumentException">If a preset, network, key or value is unknown.</exception>
    public RunConfig Configure(ParseResult result, params IReadOnlyList<string> usual)
    {
        var given = new Dictionary<string, object>();
        foreach (var (setting, option) in _settings)
            if (SettingOption.TextOf(result, option) is { } text && setting.Read(text, out _) is { } value)
                given[setting.Option] = value;
        return _task.Configure(new SettingValues(given), usual.Concat(result.GetValue(_set) ?? []));
    }
}
