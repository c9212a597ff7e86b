using LieConv.Cli.Doctor.Facts;
using LieConv.Datasets.Downloads;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>Which data sets are complete in the data folder.</summary>
internal sealed class DataCheck : DoctorCheck
{
    private const string List = "`lieconv data list` says how to get each; `lieconv data verify NAME` reads all of one.";
    private const int Listed = 3;

    public override Finding Examine(MachineFacts facts)
    {
        var data = facts.Data;
        var fetch = Fetch(data.Sources);
        var folder = $"{data.Path} ({(data.Named ? "LIECONV_DATA" : "default")})";
        if (!data.Exists)
            return data.Named
                ? Finding.Warn("data", $"{folder} does not exist", "Create the folder LIECONV_DATA names, or unset it. " + fetch)
                : Finding.Ok("data", $"{folder} does not exist{Samples(data.Sources)}", fetch);

        var broken = data.Files.Where(file => file.Problem is not null).ToArray();
        if (broken.Length > 0)
            return Finding.Warn(
                "data", $"{folder}: {string.Join("; ", broken.Take(Listed).Select(file => $"{file.Path}: {file.Problem}"))}" +
                    (broken.Length > Listed ? $"; and {broken.Length - Listed} more" : ""),
                $"Delete the damaged files and get them again. {WaysTo(data, [.. broken.Select(file => file.DataSet)])} {List}");

        var sets = data.Sources.Select(
            source => (DataSet: source.Title, Missing: Missing(data, source.Title, source.Required))).ToArray();
        var partial = sets.Where(set => set.Missing.Length > 0 && data.Files.Any(file => file.DataSet == set.DataSet)).ToArray();
        if (partial.Length > 0)
            return Finding.Warn(
                "data", $"{folder}: {string.Join("; ", partial.Select(
                    set => $"{set.DataSet} lacks {string.Join(", ", set.Missing)}"))}",
                "A data set is used only when it is complete: add the files or remove the rest. " +
                    $"{WaysTo(data, [.. partial.Select(set => set.DataSet)])} {List}");

        var complete = sets.Where(set => set.Missing.Length == 0)
            .Where(set => data.Files.Any(file => file.DataSet == set.DataSet)).Select(set => Named(data, set.DataSet)).ToArray();
        return complete.Length == 0
            ? Finding.Ok("data", $"{folder} holds no data set{Samples(data.Sources)}", fetch)
            : Finding.Ok("data", $"{folder} holds {Enumerated(complete)}");
    }

    private static string Fetch(IEnumerable<DataSource> sources) =>
        sources.FirstOrDefault(source => source.CanFetch) is { } first ? Fetch(first) : "";

    private static string Fetch(DataSource source) => $"`lieconv data fetch {source.Name}` downloads {source.Title} there.";

    /// <summary>How to get some data sets, each in a sentence.</summary>
    private static string WaysTo(DataFolderFacts data, IReadOnlyCollection<string> sets) => string.Join(
        ' ', from source in data.Sources
             where sets.Contains(source.Title)
             select source.CanFetch ? Fetch(source) : $"For {source.Title}: {source.Hint(data.Path)}.");

    /// <summary>What can be used without any data set.</summary>
    private static string Samples(IEnumerable<DataSource> sources) => string.Concat(
        sources.Where(source => source.Sample is not null).Select(source => $"; {source.Title} runs on the embedded sample"));

    /// <summary>A set whose files each are a whole, with their number.</summary>
    private static string Named(DataFolderFacts data, string set)
    {
        var isOfWholes = data.Sources.First(source => source.Title == set).Required.Count == 0;
        var count = data.Files.Count(file => file.DataSet == set);
        return isOfWholes ? $"{set} ({count} {(count == 1 ? "file" : "files")})" : set;
    }

    private static string Enumerated(string[] names) =>
        names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string[] Missing(DataFolderFacts data, string set, IReadOnlyList<string> names) =>
        [.. names.Where(name => !data.Files.Any(file => file.DataSet == set && file.Name == name))];
}
