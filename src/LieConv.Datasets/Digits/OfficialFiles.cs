namespace LieConv.Datasets.Digits;

/// <summary>The two text files of the official RotMNIST in a folder.</summary>
internal sealed record OfficialFiles(string TrainValidation, string Test)
{
    /// <summary>File of the 12,000 training and validation images.</summary>
    public const string TrainValidationName = "mnist_all_rotation_normalized_float_train_valid.amat";

    /// <summary>File of the 50,000 test images.</summary>
    public const string TestName = "mnist_all_rotation_normalized_float_test.amat";

    private static readonly string[] Subfolders =
        ["", "rotmnist", "RotMNIST", "mnist_rotation_new", Path.Combine("MnistRotDataset", "raw")];

    /// <summary>Finds the files, or answers null where there is neither.</summary>
    /// <exception cref="InvalidDataException">A folder has only one of them.</exception>
    public static OfficialFiles? Find(string root)
    {
        foreach (var folder in Subfolders.Select(name => Path.Combine(root, name)))
        {
            var files = new OfficialFiles(Path.Combine(folder, TrainValidationName), Path.Combine(folder, TestName));
            var (train, test) = (File.Exists(files.TrainValidation), File.Exists(files.Test));
            if (train && test) return files;
            if (train || test)
                throw new InvalidDataException($"{folder}: holds {(train ? TrainValidationName : TestName)}, but not " +
                    $"{(train ? TestName : TrainValidationName)}.");
        }

        return null;
    }

    /// <summary>Path of one of the files in the folder or its subfolders, or null.</summary>
    public static string? FindAny(string root, string name) =>
        Subfolders.Select(folder => Path.Combine(root, folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Reads as many images as asked for, or all where there are fewer, which the description then says.</summary>
    public ImageSplits Load(RotMnistOptions options)
    {
        using var learning = AmatFile.Read(TrainValidation, AskedToLearn(options));
        var train = Math.Min(options.TrainCount, learning.Count - options.ValidationCount);
        if (train < 1)
            throw new InvalidDataException($"{TrainValidation}: holds {learning.Count} images, which leaves none to " +
                $"train on beside {options.ValidationCount} for validation.");
        var test = AmatFile.Read(Test, options.TestCount);
        var fewer = train < options.TrainCount || test.Count < options.TestCount;
        return new ImageSplits(
            learning.Slice(0, train),
            options.ValidationCount > 0 ? learning.Slice(train, options.ValidationCount) : null,
            test,
            "RotMNIST text files: " + SplitCounts.Describe(train, options.ValidationCount, test.Count) + " digits" +
            (fewer ? FormattableString.Invariant(
                $" (fewer than the {options.TrainCount:N0} and {options.TestCount:N0} asked for)") : ""),
            IsEmbeddedSample: false);
    }

    private static int AskedToLearn(RotMnistOptions options) =>
        (int)Math.Min((long)options.TrainCount + options.ValidationCount, int.MaxValue);
}
