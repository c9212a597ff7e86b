using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Digits;

/// <summary>The four files of MNIST in a folder.</summary>
/// <param name="TrainImages">Path of the 60,000 training images.</param>
/// <param name="TrainLabels">Path of their labels.</param>
/// <param name="TestImages">Path of the 10,000 test images.</param>
/// <param name="TestLabels">Path of their labels.</param>
internal sealed record MnistFiles(string TrainImages, string TrainLabels, string TestImages, string TestLabels)
{
    /// <summary>Names of the files without '.gz', in the order of the parameters.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    /// <summary>Subfolders that are searched after the folder itself: ours, torchvision's and the original's.</summary>
    private static readonly string[] Subfolders =
        ["", "mnist", "MNIST", "raw", Path.Combine("MNIST", "raw"), Path.Combine("RotMNIST", "raw")];

    /// <summary>Finds the files, or answers null where there is none of them.</summary>
    /// <exception cref="InvalidDataException">A folder has some of them only.</exception>
    public static MnistFiles? Find(string root)
    {
        foreach (var folder in Subfolders.Select(name => Path.Combine(root, name)))
        {
            var paths = Names.Select(name => FindOne(folder, name)).ToArray();
            if (paths.All(path => path is null)) continue;
            var missing = Array.IndexOf(paths, null);
            if (missing >= 0)
                throw new InvalidDataException($"{folder}: holds some of the four MNIST files, but not " +
                    $"{Names[missing]} or {Names[missing]}.gz.");
            return new MnistFiles(paths[0]!, paths[1]!, paths[2]!, paths[3]!);
        }

        return null;
    }

    /// <summary>Path of one of the files in the folder or its subfolders, or null.</summary>
    public static string? FindAny(string root, string name) => Subfolders
        .Select(folder => FindOne(Path.Combine(root, folder), name)).FirstOrDefault(path => path is not null);

    /// <summary>Reads the training digits.</summary>
    public DigitImages ReadTrain() => Read(TrainImages, TrainLabels);

    /// <summary>Reads the test digits.</summary>
    public DigitImages ReadTest() => Read(TestImages, TestLabels);

    private static DigitImages Read(string images, string labels) =>
        DigitImages.From(IdxFile.Read(images, 3), images, IdxFile.Read(labels, 1), labels);

    // Some mirrors write the last hyphen as a dot.
    private static string? FindOne(string folder, string name)
    {
        var dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        string[] candidates = [name, name + ".gz", dotted, dotted + ".gz"];
        return candidates.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }
}
