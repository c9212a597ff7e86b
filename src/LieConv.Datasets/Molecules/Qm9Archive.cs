using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>Reads all QM9 files of an archive or folder.</summary>
internal static class Qm9Archive
{
    /// <summary>Molecules of the published archive; their indices run from 1 to this.</summary>
    public const int PublishedCount = 133_885;

    private const string Start = "dsgdb9nsd_";
    private const string End = ".xyz";

    /// <summary>From this many molecules on an archive is meant to be the published one, and gaps are damage.</summary>
    private const int MeansAll = PublishedCount * 9 / 10;

    private const string Expected = $"files {Start}NNNNNN{End} only";

    /// <summary>Reads an archive or a folder.</summary>
    /// <param name="path">.tar, .tar.gz, .tar.bz2 or .zip of dsgdb9nsd_NNNNNN.xyz, or a folder of them.</param>
    /// <returns>The molecules by ascending index; targets as in the files.</returns>
    /// <exception cref="InvalidDataException">
    /// It cannot be read; a file is damaged, there twice, misplaced or missing.
    /// </exception>
    public static MoleculeSet Read(string path) => Read(path, visit => FileBundle.Visit(path, visit));

    /// <summary>Reads an archive from a stream; <paramref name="path"/> stands for it in messages.</summary>
    public static MoleculeSet Read(Stream archive, string path) =>
        Read(path, visit => FileBundle.VisitArchive(archive, path, visit));

    private static MoleculeSet Read(string path, Action<FileBundle.Visitor> visitAll)
    {
        var builder = new MoleculeSetBuilder(MoleculeTargets.Qm9FileNames);
        var record = new Qm9Record();
        var seen = new bool[PublishedCount + 1];
        visitAll((name, content) =>
        {
            var source = $"{path}, {name}";
            var named = IndexOf(name)
                ?? throw new InvalidDataException($"{source}: does not belong there: expected {Expected}.");
            var id = record.Read(content, source, builder);
            if (id != named)
                throw new InvalidDataException($"{source}, line 2: expected the index {named} of its name, not {id}.");
            if (seen[id]) throw new InvalidDataException($"{source}: molecule {id} is there twice; expected once.");
            seen[id] = true;
        });
        if (builder.Count == 0) throw new InvalidDataException($"{path}: is empty; expected {Expected}.");
        RequireNoGaps(path, seen, builder.Count);
        return builder.Build(sortById: true);
    }

    private static void RequireNoGaps(string path, bool[] seen, int count)
    {
        if (count is < MeansAll or PublishedCount) return;
        var first = Array.IndexOf(seen, false, 1);
        throw new InvalidDataException(FormattableString.Invariant(
            $"{path}: {PublishedCount - count} of {PublishedCount:N0} files are missing, the first ") +
            FormattableString.Invariant($"{Start}{first:D6}{End}."));
    }

    private static int? IndexOf(string name)
    {
        if (name.Length != Start.Length + 6 + End.Length
            || !name.StartsWith(Start, StringComparison.Ordinal) || !name.EndsWith(End, StringComparison.Ordinal))
            return null;
        var digits = name.AsSpan(Start.Length, 6);
        return digits.ContainsAnyExceptInRange('0', '9') || !int.TryParse(digits, out var id)
            || id is < 1 or > PublishedCount
                ? null
                : id;
    }
}
