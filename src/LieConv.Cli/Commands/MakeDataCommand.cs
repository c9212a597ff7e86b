using System.CommandLine;
using System.Globalization;
using LieConv.Cli.Basics;
using LieConv.Datasets.Made;

namespace LieConv.Cli.Commands;

/// <summary>lieconv data make NAME FILE: example data that need no download.</summary>
internal static class MakeDataCommand
{
    private const int MostSets = 1_000_000;
    private const int MostPoints = 10_000;

    public static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            HelpName = "NAME",
            Description = string.Join("; ", [
                .. MadeData.All.Select(data => $"{data.Name}: {data.Description}"),
                $"{MadePictures.Name}: {MadePictures.Description}",
            ]) + ".",
        }.AcceptOnlyFromAmong([.. MadeData.All.Select(data => data.Name), MadePictures.Name]);
        var path = new Argument<string>("FILE")
        {
            Description = $"The .csv file to write; for {MadePictures.Name} the folder.",
        }.NoOption();
        var sets = CommonOptions.Count("--sets", "Sets of points, or pictures.", MostSets);
        var points = CommonOptions.Number<int>("--points", "Points of a set, in the mean.", "N",
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {MadeData.LeastPoints} to {MostPoints}"),
            value => value is >= MadeData.LeastPoints and <= MostPoints);
        var seed = CommonOptions.Seed();
        var command = new Command("make", "Make example data: points or pictures with a known answer, to train on at once.")
        {
            name, path, sets, points, seed,
        };
        command.SetAction(result =>
        {
            var file = result.GetRequiredValue(path);
            if (result.GetRequiredValue(name) == MadePictures.Name)
            {
                if (result.GetValue(points) is not null)
                    throw new ArgumentException($"--points is for sets of points; {MadePictures.Name} have none.");
                var pictures = result.GetValue(sets) ?? MadePictures.UsualCount;
                MadePictures.Write(file, pictures, result.GetValue(seed) ?? 0);
                result.InvocationConfiguration.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"Wrote {pictures:N0} pictures to {file}."));
                return ExitCode.Done;
            }
            var data = MadeData.Find(result.GetRequiredValue(name));
            var count = result.GetValue(sets) ?? data.UsualSets;
            var total = MadeDataFile.Write(
                file, data, count, result.GetValue(points) ?? data.UsualPoints, result.GetValue(seed) ?? 0);
            result.InvocationConfiguration.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Wrote {count:N0} sets of {total:N0} points to {file}."));
            return ExitCode.Done;
        });
        return command;
    }
}
