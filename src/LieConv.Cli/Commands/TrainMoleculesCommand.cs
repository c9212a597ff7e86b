using System.CommandLine;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Cli.Commands;

/// <summary>lieconv train qm9|qm7|md17.</summary>
internal static class TrainMoleculesCommand
{
    /// <param name="task">qm9, qm7 or md17.</param>
    /// <param name="description">For the help text.</param>
    public static Command Create(string task, string description)
    {
        var settings = new MoleculeOptionSet(task);
        var session = new RunOptionSet(task, $"{task}-TARGET-NETWORK-GROUP-TIME");
        var command = new Command(task, description);
        foreach (var option in settings.All.Concat(session.All)) command.Options.Add(option);
        command.SetAction(result =>
        {
            MoleculeConfig ForThisSession(MoleculeConfig config) =>
                config with { Train = session.ForThisSession(result, config.Train) };
            return session.Run(
                result, settings.FirstGiven,
                (folder, log) => MoleculeRun.Start(ForThisSession(settings.Configure(result)), folder, log),
                (path, log) => MoleculeRun.Open(path, config => ForThisSession(Own(config, path)), log));
        });
        return command;

        MoleculeConfig Own(MoleculeConfig config, string path) => config.Task == task
            ? config
            : throw new ArgumentException(
                $"'{path}' is a run of {config.Task}; continue it with lieconv train {config.Task}.");
    }
}
