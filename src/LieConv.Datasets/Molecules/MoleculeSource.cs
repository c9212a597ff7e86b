using System.Globalization;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>Finds, reads and splits the molecules that options ask for.</summary>
public static class MoleculeSource
{
    /// <summary>Loads the molecules and splits them by NumPy's legacy permutation of the seed.</summary>
    /// <param name="options">Which molecules.</param>
    /// <param name="log">Told what is found.</param>
    /// <exception cref="ArgumentException">If the options are wrong, or there are too few molecules.</exception>
    /// <exception cref="InvalidDataException">If a file is missing or damaged: one sentence.</exception>
    public static MoleculeParts Load(MoleculeDataOptions options, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
        var data = Read(options, log);
        var split = options.TrainCount == 0
            ? MoleculeSplits.Published(data.Set)
            : MoleculeSplits.Create(data.Set, options.TrainCount, options.ValidationCount, (int)options.Seed);
        var test = options.TestCount == 0 || options.TestCount > split.Test.Length
            ? split.Test
            : split.Test[..options.TestCount];
        if (test.Length == 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"There are {data.Set.Count:N0} molecules, none of them left to test on; expected fewer to train on."));
        var description = string.Create(CultureInfo.InvariantCulture,
            $"{data.Description}; {split.Train.Length:N0} to train on, {split.Validation.Length:N0} for validation, ") +
            string.Create(CultureInfo.InvariantCulture, $"{test.Length:N0} to test on (seed {options.Seed})");
        return new MoleculeParts(
            data.Set.Take(split.Train), split.Validation.Length > 0 ? data.Set.Take(split.Validation) : null,
            data.Set.Take(test), description, data.IsEmbeddedSample);
    }

    private static MoleculeData Read(MoleculeDataOptions options, Action<string> log)
    {
        if (options.Source == MoleculeDataOptions.Qm9)
            return Published(Qm9.Load(new Qm9Options { DataRoot = options.DataRoot }, log));
        var root = options.DataRoot ?? DataFolder.Default;
        if (options.Source == MoleculeDataOptions.Qm7)
        {
            var molecules = Qm7.Load(root);
            return new MoleculeData(molecules, Text($"QM7: {molecules.Count:N0} molecules"), false);
        }
        var path = Md17.Find(root, options.Molecule) ?? throw new InvalidDataException(Missing(root, options.Molecule));
        var frames = Md17.Read(path);
        return new MoleculeData(frames, Text($"MD17 {options.Molecule}: {frames.Count:N0} frames of {path}"), false);
    }

    /// <summary>What is said of a molecule of MD17 that has no file: which others have one, or which there are.</summary>
    private static string Missing(string root, string molecule)
    {
        var name = PrintableText.Create(molecule);
        var found = Md17.FindAll(root);
        if (found.Count > 0)
            return $"The data folder '{root}' has no molecule '{name}' of MD17; expected one of those that it has: " +
                $"{string.Join(", ", found)}.";
        return Md17.Molecules.Contains(molecule)
            ? $"The data folder '{root}' has no molecule of MD17; expected the file of {name}, " +
                $"{Path.Combine(root, Md17.Folder, $"md17_{name}.npz")}."
            : $"There is no molecule '{name}' in MD17, nor in the data folder '{root}'; expected one of " +
                $"{string.Join(", ", Md17.Molecules)}, as {Path.Combine(root, Md17.Folder, "md17_NAME.npz")}.";
    }

    /// <summary>With the twelve targets of the published tables, in their order.</summary>
    private static MoleculeData Published(MoleculeData data)
    {
        var (set, names) = (data.Set, MoleculeTargets.Qm9.Select(target => target.Name).ToArray());
        var columns = names.Select(set.TargetIndex).ToArray();
        var values = new double[set.Count * columns.Length];
        for (var i = 0; i < set.Count; i++)
            for (var t = 0; t < columns.Length; t++) values[i * columns.Length + t] = set.Target(i, columns[t]);
        return data with { Set = set.WithTargets(names, values) };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
