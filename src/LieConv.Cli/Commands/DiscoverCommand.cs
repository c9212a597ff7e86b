using System.CommandLine;
using System.Text.Json;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Training.Json;
using LieConv.Training.Studies;
using LieConv.Training.Tasks.Points;

namespace LieConv.Cli.Commands;

/// <summary>lieconv discover: which symmetry data have.</summary>
internal static class DiscoverCommand
{
    /// <summary>The settings of a training that say what the data are.</summary>
    private static readonly string[] OfData =
    [
        "--data", "--coords", "--values", "--id", "--target", "--kinds", "--together", "--split-column", "--split",
        "--split-seed", "--class-weights", "--data-root", "--seed", "--device",
    ];

    /// <param name="task">The task of a user's own points.</param>
    public static Command Create(OwnPoints task)
    {
        var usual = new DiscoveryOptions();
        var settings = new TaskOptions(task);
        var groups = CommonOptions.Text(
            "--groups", "Groups to try, such as SO2,SE2 [default: all that fit the points].", "LIST");
        var budget = CommonOptions.Number<double>(
            "--budget", FormattableString.Invariant(
                $"Seconds of all trainings together, about [default: {usual.BudgetSeconds}]."), "SECONDS",
            "a number above 0 and at most 1000000", value => value is > 0 and <= 1e6);
        var epochs = CommonOptions.Count(
            "--epochs", "Passes over all training sets, instead of a budget: the same steps on every machine.", 1_000_000);
        var threads = CommonOptions.Threads();
        var picture = CommonOptions.Text("--out", "The picture, a .png file [default: discovery.png].", "FILE");
        var json = CommonOptions.Json();
        var command = new Command(
            "discover", "Find which symmetry your own points have, by short trainings of each group.");
        foreach (var option in settings.Only(OfData)) command.Options.Add(option);
        foreach (var option in new Option[] { groups, budget, epochs, threads, picture, json }) command.Options.Add(option);
        command.SetAction(result =>
        {
            var console = new StatusConsole(result.InvocationConfiguration.Error);
            if (result.GetValue(budget) is not null && result.GetValue(epochs) is not null)
                throw new ArgumentException("--budget and --epochs are both given; expected one of them.");
            var path = result.GetValue(picture) ?? "discovery.png";
            CheckPicture(path);
            var isParted = settings.Only("--split", "--split-column").SkipLast(1).FirstGiven(result) is not null;
            var config = (PointConfig)settings.Configure(
                result, [.. SymmetryDiscovery.UsualSettings, .. isParted ? [] : SymmetryDiscovery.UsualSplit]);
            if (result.GetValue(threads) is { } count)
                config = config with { Train = config.Train with { Threads = count } };
            using var interruption = new Interruption(console.Say);
            var report = SymmetryDiscovery.Run(task, config, new DiscoveryOptions
            {
                Groups = result.GetValue(groups) is { } list ? StudyCell.Split(list) : [],
                BudgetSeconds = result.GetValue(budget) ?? usual.BudgetSeconds, Epochs = result.GetValue(epochs),
            }, console.Say, interruption.Token);
            DiscoveryPlot.Write(path, report);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(report, JsonFormat.Indented));
            else DiscoveryText.Write(output, report);
            console.Say($"Wrote {path}.");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Refuses a picture that could not be written, before anything is trained.</summary>
    private static void CheckPicture(string path)
    {
        if (!string.Equals(Path.GetExtension(path), ".png", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"--out is '{path}'; expected a name that ends in .png.");
        if (Directory.Exists(path)) throw new ArgumentException($"--out, '{path}', is a folder; expected a file.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new ArgumentException($"The folder of --out, '{path}', does not exist.");
    }
}
