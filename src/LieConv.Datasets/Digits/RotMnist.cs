using LieConv.Datasets.Basics;

namespace LieConv.Datasets.Digits;

/// <summary>Rotated digits: the official RotMNIST text, a set built from MNIST, or the sample inside the library.</summary>
public static class RotMnist
{
    /// <summary>
    /// Loads from the named folder: the official pair of .amat files where it is there, else MNIST's four idx files,
    /// whose digits are rotated here. Without a named folder the default data folder is looked through the same way,
    /// and where it has neither, the embedded sample serves.
    /// </summary>
    /// <param name="options">Counts, seed and folder.</param>
    /// <param name="log">Takes a line about what was found, for people.</param>
    /// <returns>The parts; the caller disposes them. <see cref="ImageSplits.Description"/> says what they are.</returns>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <exception cref="InvalidDataException">The named folder has no such files, or a file is damaged.</exception>
    public static ImageSplits Load(RotMnistOptions options, Action<string>? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors));

        var root = Path.GetFullPath(options.DataRoot ?? DataFolder.Default);
        if (options.DataRoot is not null && !Directory.Exists(root))
            throw new InvalidDataException(File.Exists(root)
                ? $"The data folder '{root}' is a file; expected the folder that holds it."
                : $"The data folder '{root}' does not exist.");
        var splits = LoadFiles(root, options, log);
        if (splits is null && options.DataRoot is not null)
            throw new InvalidDataException(
                $"The data folder '{root}' holds neither {OfficialFiles.TrainValidationName} with " +
                $"{OfficialFiles.TestName} nor MNIST's {string.Join(", ", MnistFiles.Names)} (plain or .gz); " +
                $"'lieconv data fetch mnist --data-root {root}' downloads MNIST.");
        if (splits is null)
        {
            log?.Invoke($"No MNIST or RotMNIST files in '{root}': using the embedded sample " +
                "('lieconv data fetch mnist' downloads all of MNIST).");
            splits = EmbeddedSample.Load(options);
        }

        ReturnMemory();
        log?.Invoke("Data: " + splits.Description);
        return splits;
    }

    /// <summary>
    /// Reading leaves some hundred megabytes of large arrays behind. Training makes hardly any garbage, so that nothing
    /// would ever collect them.
    /// </summary>
    private static void ReturnMemory() =>
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    private static ImageSplits? LoadFiles(string root, RotMnistOptions options, Action<string>? log)
    {
        if (OfficialFiles.Find(root) is { } official)
        {
            log?.Invoke($"Reading {official.TrainValidation} and {official.Test}.");
            return official.Load(options);
        }

        if (MnistFiles.Find(root) is not { } mnist) return null;
        log?.Invoke($"Rotating the MNIST digits of {Path.GetDirectoryName(mnist.TrainImages)}.");
        return BuiltRotMnist.Load(mnist, options);
    }
}
