using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Digits;

/// <summary>The official RotMNIST: two text files, which are not downloaded.</summary>
public static class RotMnistSource
{
    /// <summary>The folder below the data folder.</summary>
    public const string Folder = "rotmnist";

    private static readonly (string Name, int Images)[] Files =
        [(OfficialFiles.TrainValidationName, 12_000), (OfficialFiles.TestName, 50_000)];

    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = new("rotmnist", "RotMNIST", Folder, [], [], Verify)
    {
        Required = [.. Files.Select(file => file.Name)],
        Look = Look,
        Sample = FormattableString.Invariant(
            $"{EmbeddedSample.TrainCount:N0} train and {EmbeddedSample.TestCount:N0} test digits"),
        Hint = root => $"put {OfficialFiles.TrainValidationName} and {OfficialFiles.TestName} into " +
            $"{Path.Combine(root, Folder)}; without them it is built from mnist",
    };

    private static IReadOnlyList<FileCheck> Look(string root) =>
        [.. from file in Files let path = OfficialFiles.FindAny(root, file.Name) where path is not null
            select new FileCheck(file.Name, path, DigitFileLook.Amat(path))];

    /// <summary>Reads every line: the files have been spread under several hashes, so that what counts is what they
    /// hold.</summary>
    private static IReadOnlyList<FileCheck> Verify(string root) =>
        [.. from file in Files let path = OfficialFiles.FindAny(root, file.Name) select path is null
            ? new FileCheck(file.Name, null, "is missing")
            : FileCheck.Create(file.Name, path, () => Note(path, file.Images))];

    private static string Note(string path, int official)
    {
        using var images = AmatFile.Read(path);
        return images.Count == official
            ? FormattableString.Invariant($"{images.Count:N0} images")
            : FormattableString.Invariant($"{images.Count:N0} images, not the official {official:N0}");
    }
}
