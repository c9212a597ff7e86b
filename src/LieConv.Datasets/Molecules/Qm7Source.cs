using LieConv.Datasets.Downloads;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>QM7's two files, which are not downloaded.</summary>
public static class Qm7Source
{
    /// <summary>Molecules that were published.</summary>
    private const int PublishedCount = 7_165;

    private static readonly string Archive = Qm7.Bundles[0];

    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = new("qm7", "QM7", Qm7.Folder, [], [], Verify)
    {
        Required = [Archive, Qm7.EnergyName],
        Look = Look,
        Hint = root => $"put {Archive} and {Qm7.EnergyName} into {Path.Combine(root, Qm7.Folder)}",
    };

    private static List<FileCheck> Look(string root)
    {
        var (bundle, energies) = Qm7.Find(root);
        var found = new List<FileCheck>();
        if (bundle is not null) found.Add(new FileCheck(Archive, bundle, Empty(bundle)));
        if (energies is not null) found.Add(new FileCheck(Qm7.EnergyName, energies, Empty(energies)));
        return found;
    }

    /// <summary>Reads all: no hash is known, since the files have been packed in more ways than one.</summary>
    private static IReadOnlyList<FileCheck> Verify(string root)
    {
        var (bundle, energies) = Qm7.Find(root);
        var list = energies is null
            ? new FileCheck(Qm7.EnergyName, null, "is missing")
            : FileCheck.Create(Qm7.EnergyName, energies, () => FormattableString.Invariant(
                $"{Qm7.ReadEnergies(energies).Count:N0} energies"));
        var molecules = bundle is null
            ? new FileCheck(Archive, null, "is missing")
            : FileCheck.Create(Archive, bundle, () => Note(bundle, list.Fault is null ? energies : null));
        return [molecules, list];
    }

    private static string Note(string bundle, string? energies)
    {
        var count = energies is null ? Count(bundle) : Qm7.Read(bundle, energies).Count;
        return FormattableString.Invariant($"{count:N0} molecules") + (count == PublishedCount
            ? ""
            : FormattableString.Invariant($", not the published {PublishedCount:N0}"));
    }

    /// <summary>Reads the molecules alone, where their energies cannot be read.</summary>
    private static int Count(string bundle)
    {
        var count = 0;
        FileBundle.Visit(bundle, (name, content) => count += XyzFile.Read(content, $"{bundle}, {name}").Count);
        return count;
    }

    private static string? Empty(string path) =>
        File.Exists(path) && new FileInfo(path).Length == 0 ? "is empty" : null;
}
