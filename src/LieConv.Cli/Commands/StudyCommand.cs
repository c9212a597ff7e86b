using System.CommandLine;
using System.Numerics;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Json;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Cli.Commands;

/// <summary>lieconv study springs|nbody.</summary>
internal static class StudyCommand
{
    public static Command Create() =>
        new("study", "Compare how much data networks need: train each on sets of different sizes.")
        {
            Create(DynamicsConfig.Springs, "Particles that springs join."),
            Create(DynamicsConfig.NBody, "Particles that attract each other by gravity."),
        };

    private static Command Create(string task, string description)
    {
        var networks = CommonOptions.Text(
            "--networks", "Networks, with their group after a colon: FC,HLieResNet:T2.", "LIST");
        var sizes = CommonOptions.Text("--sizes", "Numbers of training systems: 10,100,1000.", "LIST");
        var seeds = CommonOptions.Text("--seeds", "Seeds of data and training: 0,1,2 [default: 0].", "LIST");
        var folder = CommonOptions.Text("--out", "Folder of the study; what is finished there stays.", "DIR");
        networks.Required = sizes.Required = folder.Required = true;
        var preset = CommonOptions.Preset(DynamicsPresets.Names, DynamicsPresets.Default);
        var set = CommonOptions.Set();
        var minutes = CommonOptions.Minutes();
        var threads = CommonOptions.Threads();
        var command = new Command(task, description)
        {
            networks, sizes, seeds, folder, preset, set, minutes, threads,
        };
        command.SetAction(result =>
        {
            var cells = StudyCell.All(
                StudyCell.Split(result.GetRequiredValue(networks)!),
                Numbers<int>("--sizes", result.GetRequiredValue(sizes)!, 1),
                Numbers<long>("--seeds", result.GetValue(seeds) ?? "0", 0));
            DynamicsConfig Configure(StudyCell cell)
            {
                var config = DynamicsPresets.Create(
                    task, result.GetValue(preset) ?? DynamicsPresets.Default, cell.Network, cell.Group, null, cell.Size);
                return ConfigEditor.Apply(config with
                {
                    Data = config.Data with { Seed = cell.Seed }, Train = config.Train with { Seed = cell.Seed },
                }, result.GetValue(set) ?? []);
            }

            var console = new StatusConsole(result.InvocationConfiguration.Error);
            using var interruption = new Interruption(console.Say);
            var path = result.GetRequiredValue(folder)!;
            var study = new StudyFolder(path);
            var left = new DynamicsStudy(study, Configure).Run(
                cells, result.GetValue(minutes) ?? 0, result.GetValue(threads), console.Say, console.Watch,
                interruption.Token);
            if (study.Rows() is { Count: > 0 } rows)
                result.InvocationConfiguration.Output.Write(StudyTable.Text(rows));
            if (left > 0)
                console.Say($"{left} of {cells.Count} trainings are left; the same command goes on with them.");
            return interruption.Token.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
        });
        return command;
    }

    private static IReadOnlyList<T> Numbers<T>(string option, string list, T least) where T : struct, IBinaryInteger<T> =>
        PlainNumber.TryParseList(list, least, out var numbers)
            ? numbers
            : throw new ArgumentException(
                $"{option} is '{list}'; expected whole numbers from {least}, separated by commas.");
}
