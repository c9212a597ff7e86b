using System.Globalization;
using LieConv.Datasets.Basics;

namespace LieConv.Datasets.Molecules;

/// <summary>QM9: 133,885 molecules of up to nine C, N, O, F atoms with hydrogen, and properties of each (B3LYP).</summary>
public static class Qm9
{
    /// <summary>
    /// Loads the molecules by ascending index, with the targets of <see cref="MoleculeTargets.Qm9File"/> in their
    /// units, free atoms subtracted. Looks in the named folder for the published archive or a part of it; without a
    /// named folder in the default data folder, and where that has none, the embedded sample serves.
    /// </summary>
    /// <param name="options">Folder and choices.</param>
    /// <param name="log">Takes lines about what was found, for people.</param>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <exception cref="InvalidDataException">The named folder has no such files, or a file is damaged.</exception>
    public static MoleculeData Load(Qm9Options options, Action<string>? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors));
        var root = Path.GetFullPath(options.DataRoot ?? DataFolder.Default);
        if (options.DataRoot is not null && !Directory.Exists(root) && !File.Exists(root))
            throw new InvalidDataException($"The data folder '{root}' does not exist.");
        var files = Qm9Files.Find(root);
        if (files is null && options.DataRoot is not null)
            throw new InvalidDataException(
                $"The data folder '{root}' holds no QM9: expected {Path.Combine(root, Qm9Files.Folder)} with " +
                $"{Qm9Files.ArchiveName}, a part of it, or files dsgdb9nsd_NNNNNN.xyz; " +
                $"'lieconv data fetch qm9 --data-root {root}' downloads it.");
        var data = files is null ? LoadSample(options, root, log) : LoadFiles(files, options, log);
        log?.Invoke("Data: " + data.Description);
        return data;
    }

    private static MoleculeData LoadSample(Qm9Options options, string root, Action<string>? log)
    {
        log?.Invoke($"No QM9 files in '{root}': using the embedded sample ('lieconv data fetch qm9' downloads QM9).");
        using var stream = MoleculeResources.Open(MoleculeResources.Qm9Sample);
        using var archive = new MemoryStream(MoleculeResources.ReadAll(stream));
        var raw = Qm9Archive.Read(archive, MoleculeResources.Qm9Sample);
        return Finish(raw, options, Uncharacterized.Qm9, AtomReferences.Qm9, "embedded sample of QM9", isSample: true);
    }

    private static MoleculeData LoadFiles(Qm9Files files, Qm9Options options, Action<string>? log)
    {
        var raw = options.UseCache
            ? CachedSource.Read(files.Molecules, Qm9Files.Folder, path => ReadArchive(path, log), log)
            : ReadArchive(files.Molecules, log);
        var dropped = files.UncharacterizedFile is { } list ? Uncharacterized.Read(list) : Uncharacterized.Qm9;
        var references = files.AtomReferenceFile is { } table ? AtomReferences.Read(table) : AtomReferences.Qm9;
        return Finish(raw, options, dropped, references, $"QM9 of {files.Molecules}", isSample: false);
    }

    private static MoleculeData Finish(
        MoleculeSet raw, Qm9Options options, IReadOnlyList<int> uncharacterized, AtomReferences references,
        string source, bool isSample)
    {
        var kept = options.DropUncharacterized ? Without(raw, uncharacterized) : raw;
        var dropped = raw.Count - kept.Count;
        var part = raw.Count == Qm9Archive.PublishedCount || isSample
            ? ""
            : FormattableString.Invariant($", a part of the published {Qm9Archive.PublishedCount:N0}");
        var description = string.Create(CultureInfo.InvariantCulture,
            $"{source}: {kept.Count:N0} molecules ({dropped:N0} uncharacterized left out{part})");
        return new MoleculeData(Thermochemistry.ToUnits(kept, references), description, isSample, references);
    }

    private static MoleculeSet Without(MoleculeSet set, IReadOnlyList<int> ids)
    {
        var dropped = ids.ToHashSet();
        var kept = Enumerable.Range(0, set.Count).Where(i => !dropped.Contains(set.Ids[i])).ToArray();
        return kept.Length == set.Count ? set : set.Take(kept);
    }

    private static MoleculeSet ReadArchive(string path, Action<string>? log)
    {
        log?.Invoke($"Reading {path}.");
        return Qm9Archive.Read(path);
    }
}
