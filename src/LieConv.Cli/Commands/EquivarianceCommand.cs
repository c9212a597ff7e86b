using System.CommandLine;
using System.Text.Json;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Equivariance;
using LieConv.Groups;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Runs;
using LieConv.Training.Tasks.Digits;

namespace LieConv.Cli.Commands;

/// <summary>lieconv equivariance [RUN].</summary>
internal static class EquivarianceCommand
{
    private const int MaximumElements = 10_000;

    public static Command Create()
    {
        var path = new Argument<string?>("RUN")
        {
            Description = "Folder of a run; without it an untrained network of the options.",
            Arity = ArgumentArity.ZeroOrOne,
        }.NoOption();
        var by = CommonOptions.Text(
            "--by", "The group whose elements move the points [default: the network's].", "GROUP");
        var elements = CommonOptions.Count("--elements", "Group elements to try [default: 5].", MaximumElements);
        var images = CommonOptions.Count("--images", "Test digits to try them on [default: 2].");
        var spread = CommonOptions.Number<double>(
            "--spread", "How far elements move, in radians and pixels [default: 1].", "X",
            "a number above 0 and at most 100", value => value is > 0 and <= 100);
        var threads = CommonOptions.Threads();
        var json = CommonOptions.Json();
        var settings = new TaskOptions(new RotatedDigits());
        var command = new Command("equivariance", "Measure how far a network is from respecting a group.")
        {
            path, by, elements, images, spread, threads, json,
        };
        foreach (var option in settings.Only(
            UsualSettings.GroupOption, UsualSettings.PresetOption, UsualSettings.DataRootOption, UsualSettings.SeedOption))
            command.Options.Add(option);
        command.SetAction(result =>
        {
            var run = result.GetValue(path) is { } folder ? RunFolder.Open(folder) : null;
            if (run is not null && settings.FirstGiven(result) is { } other)
                throw new ArgumentException($"The run '{run.Path}' has settings of its own; leave out {other.Name}.");
            if (result.GetValue(threads) is > 0 and var count) TorchSharp.torch.set_num_threads(count);
            var config = run is null ? (RotMnistConfig)settings.Configure(result) : RotMnistConfig.Read(run.Config);
            var options = new EquivarianceOptions
            {
                Elements = result.GetValue(elements) ?? 5, Spread = result.GetValue(spread) ?? 1,
                Seed = (ulong)config.Train.Seed,
            };
            var mover = result.GetValue(by) is { } name ? LieGroups.ParseOn(2, name, static _ => null) : null;
            var rows = EquivarianceStudy.Measure(
                config, run?.Checkpoints, mover, result.GetValue(images) ?? 2, options);
            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json)) output.WriteLine(JsonSerializer.Serialize(rows, JsonFormat.Indented));
            else EquivarianceText.Write(output, config.Group, mover?.ToString() ?? config.Group, rows);
            return ExitCode.Done;
        });
        return command;
    }
}
