using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>Which data sets are complete in the data folder.</summary>
internal sealed class DataCheck : DoctorCheck
{
    private const string Fetch = "`lieconv data fetch mnist` downloads MNIST there.";
    private const string List = "`lieconv data list` says how to get each; `lieconv data verify NAME` reads all of one.";
    private const int Listed = 3;

    public override Finding Examine(MachineFacts facts)
    {
        var data = facts.Data;
        var folder = $"{data.Path} ({(data.Named ? "LIECONV_DATA" : "default")})";
        if (!data.Exists)
            return data.Named
                ? Finding.Warn("data", $"{folder} does not exist", "Create the folder LIECONV_DATA names, or unset it. " + Fetch)
                : Finding.Ok("data", $"{folder} does not exist; RotMNIST runs on the embedded sample", Fetch);

        var broken = data.Files.Where(file => file.Problem is not null).Select(file => $"{file.Path}: {file.Problem}").ToArray();
        if (broken.Length > 0)
            return Finding.Warn(
                "data", $"{folder}: {string.Join("; ", broken.Take(Listed))}" +
                    (broken.Length > Listed ? $"; and {broken.Length - Listed} more" : ""),
                $"Delete the damaged files and fetch them again. {Fetch} {List}");

        var sets = DataSetFile.Known.Select(known => (known.DataSet, Missing: Missing(data, known.DataSet, known.Names))).ToArray();
        var partial = sets.Where(set => set.Missing.Length > 0 && data.Files.Any(file => file.DataSet == set.DataSet)).ToArray();
        if (partial.Length > 0)
            return Finding.Warn(
                "data", $"{folder}: {string.Join("; ", partial.Select(
                    set => $"{set.DataSet} lacks {string.Join(", ", set.Missing)}"))}",
                $"A data set is used only when it is complete: add the files or remove the rest. {Fetch} {List}");

        var complete = sets.Where(set => set.Missing.Length == 0)
            .Where(set => data.Files.Any(file => file.DataSet == set.DataSet)).Select(set => Named(data, set.DataSet)).ToArray();
        return complete.Length == 0
            ? Finding.Ok("data", $"{folder} holds no data set; RotMNIST runs on the embedded sample", Fetch)
            : Finding.Ok("data", $"{folder} holds {Enumerated(complete)}");
    }

    /// <summary>A set whose files each are a whole, with their number.</summary>
    private static string Named(DataFolderFacts data, string set)
    {
        var isOfWholes = DataSetFile.Known.First(known => known.DataSet == set).Names.Length == 0;
        var count = data.Files.Count(file => file.DataSet == set);
        return isOfWholes ? $"{set} ({count} {(count == 1 ? "file" : "files")})" : set;
    }

    private static string Enumerated(string[] names) =>
        names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";

    private static string[] Missing(DataFolderFacts data, string set, string[] names) =>
        [.. names.Where(name => !data.Files.Any(file => file.DataSet == set && file.Name == name))];
}
