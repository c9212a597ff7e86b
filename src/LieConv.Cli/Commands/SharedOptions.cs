using System.CommandLine;
using LieConv.Training.Description;

namespace LieConv.Cli.Commands;

/// <summary>The options of a command on any run that only runs of some tasks have: each stands once in the help, whoever
/// has it.</summary>
/// <param name="ofTasks">The options of each task.</param>
internal sealed class SharedOptions(IEnumerable<(LearningTask Task, IReadOnlyList<Setting> Settings)> ofTasks)
{
    private readonly Shared[] _all =
    [
        .. from pair in ofTasks
           from setting in pair.Settings
           group (pair.Task, Setting: setting) by setting.Option into same
           select new Shared(
               SettingOption.Create([.. same.Select(own => own.Setting)]),
               [.. same.Select(own => own.Task.Family).Distinct()]),
    ];

    /// <summary>All of them, in the order of the help text.</summary>
    public IEnumerable<Option> All => _all.Select(shared => shared.Option);

    /// <summary>What was given to those of a run's task.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="task">The task of the run.</param>
    /// <param name="own">Its options.</param>
    /// <param name="path">The run's folder.</param>
    /// <exception cref="ArgumentException">If one was given that the task does not have, or a wrong value.</exception>
    public SettingValues Read(ParseResult result, LearningTask task, IReadOnlyList<Setting> own, string path)
    {
        var given = new Dictionary<string, object>();
        foreach (var (option, families) in _all)
        {
            if (SettingOption.TextOf(result, option) is not { } text) continue;
            var setting = own.FirstOrDefault(setting => setting.Option == option.Name)
                ?? throw new ArgumentException(
                    $"{option.Name} is for runs of {string.Join(" or ", families)}; '{path}' is one of {task.Name}.");
            given[option.Name] = setting.Read(text, out var complaint)
                ?? throw new ArgumentException($"{option.Name} is '{text}'; expected {complaint}.");
        }
        return new SettingValues(given);
    }

    private sealed record Shared(Option Option, IReadOnlyList<string> Families);
}
