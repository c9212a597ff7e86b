using System.CommandLine;
using System.Numerics;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Book;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Studies;

namespace LieConv.Cli.Commands;

/// <summary>lieconv study TASK, for every task whose number of training examples is a setting.</summary>
internal static class StudyCommand
{
    /// <summary>Names the data of a task that has none of its own.</summary>
    private const string DataOption = "--data";

    /// <param name="book">The tasks.</param>
    public static Command Create(TaskBook book)
    {
        var command = new Command("study", "Compare how much data networks need: train each on sets of different sizes.");
        foreach (var task in book.Tasks)
            if (Find(task, UsualSettings.TrainOption) is not null) command.Add(Create(task));
        return command;
    }

    private static Command Create(LearningTask task)
    {
        var networks = CommonOptions.Text(
            "--networks", $"Networks, with their group after a colon: {Example(task)}.", "LIST");
        var sizes = CommonOptions.Text("--sizes", $"Numbers of training {task.ExampleName}: 10,100,1000.", "LIST");
        var seeds = CommonOptions.Text("--seeds", "Seeds of data and training: 0,1,2 [default: 0].", "LIST");
        var folder = CommonOptions.Text("--out", "Folder of the study; what is finished there stays.", "DIR");
        networks.Required = sizes.Required = folder.Required = true;
        var preset = Find(task, UsualSettings.PresetOption) is { } setting ? SettingOption.Create(setting) : null;
        var own = Find(task, DataOption);
        var data = own is null ? null : SettingOption.Create(own);
        if (data is not null) data.Required = true;
        var set = CommonOptions.Set();
        var minutes = CommonOptions.Minutes();
        var threads = CommonOptions.Threads();
        var command = new Command(task.Name, task.Description) { networks, sizes, seeds, folder };
        foreach (var option in new[] { data, preset, set, minutes, threads }.OfType<Option>()) command.Options.Add(option);
        command.SetAction(result =>
        {
            var named = preset is null ? null : SettingOption.TextOf(result, preset);
            string[] assigned = data is null ? [] : [$"{own!.Key}={SettingOption.TextOf(result, data)}"];
            assigned = [.. assigned, .. result.GetValue(set) ?? []];
            var plain = new Lazy<RunConfig>(() => task.Configure(OfPreset(named), assigned));
            var cells = StudyCell.All(
                task.Networks, StudyCell.Split(result.GetRequiredValue(networks)!),
                Numbers<int>("--sizes", result.GetRequiredValue(sizes)!, 1),
                Numbers<long>("--seeds", result.GetValue(seeds) ?? "0", 0), text => task.Study.Parse(plain.Value, text));
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            using var interruption = new Interruption(console.Say);
            var study = new StudyFolder(task, result.GetRequiredValue(folder)!);
            study.Check();
            var left = new SizeStudy(
                task, study, cell => task.Configure(cell.Settings(named), assigned)).Run(
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

    private static SettingValues OfPreset(string? name) => name is null
        ? SettingValues.None
        : new SettingValues(new Dictionary<string, object> { [UsualSettings.PresetOption] = name });

    private static Setting? Find(LearningTask task, string option) =>
        task.Settings.FirstOrDefault(setting => setting.Option == option);

    /// <summary>One network without a group and one with.</summary>
    private static string Example(LearningTask task)
    {
        var (plain, grouped) = (task.Networks.FirstOrDefault(network => !network.HasGroup),
            task.Networks.FirstOrDefault(network => network.HasGroup));
        return string.Join(',', new[] { plain?.Name, grouped is null ? null : $"{grouped.Name}:{grouped.UsualGroup}" }
            .OfType<string>());
    }

    private static IReadOnlyList<T> Numbers<T>(string option, string list, T least) where T : struct, IBinaryInteger<T> =>
        PlainNumber.TryParseList(list, least, out var numbers)
            ? numbers
            : throw new ArgumentException(
                $"{option} is '{list}'; expected whole numbers from {least}, separated by commas.");
}
