using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor.Checks;

/// <summary>Which data sets are complete in the data folder.</summary>
internal sealed class DataCheck : DoctorCheck
{
    private const string Fetch = "`lieconv data fetch mnist` downloads MNIST there.";

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
            return Finding.Warn("data", $"{folder}: {string.Join("; ", broken)}", "Delete the damaged files and fetch them again. " + Fetch);

        var sets = DataSetFile.Known.Select(known => (known.DataSet, Missing: Missing(data, known.DataSet, known.Names))).ToArray();
        var partial = sets.Where(set => set.Missing.Length > 0 && data.Files.Any(file => file.DataSet == set.DataSet)).ToArray();
        if (partial.Length > 0)
            return Finding.Warn("data", $"{folder}: {partial[0].DataSet} lacks {string.Join(", ", partial[0].Missing)}",
                "A data set is used only when it is complete: add the files or remove the rest. " + Fetch);

        var complete = sets.Where(set => set.Missing.Length == 0).Select(set => set.DataSet).ToArray();
        return complete.Length == 0
            ? Finding.Ok("data", $"{folder} holds no data set; RotMNIST runs on the embedded sample", Fetch)
            : Finding.Ok("data", $"{folder} holds {string.Join(" and ", complete)}");
    }

    private static string[] Missing(DataFolderFacts data, string set, string[] names) =>
        [.. names.Where(name => !data.Files.Any(file => file.DataSet == set && file.Name == name))];
}
