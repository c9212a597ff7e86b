using System.Runtime.InteropServices;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>
/// The 3,054 molecules of QM9 whose relaxed geometry is not that of the formula they were made from. Published
/// results leave them out.
/// </summary>
public static class Uncharacterized
{
    private const int Digits = 6;

    /// <summary>The indices of QM9's own file, which the library carries; ascending.</summary>
    public static IReadOnlyList<int> Qm9
    {
        get
        {
            using var stream = MoleculeResources.Open(MoleculeResources.Uncharacterized);
            var steps = MemoryMarshal.Cast<byte, ushort>(MoleculeResources.ReadAll(stream));
            var indices = new int[steps.Length];
            for (var (i, index) = (0, 0); i < steps.Length; i++) indices[i] = index += steps[i];
            return indices;
        }
    }

    /// <summary>Reads uncharacterized.txt: of each line of the table the first field, the index.</summary>
    /// <returns>The indices in the order of the file.</returns>
    /// <exception cref="InvalidDataException">It cannot be read, or holds no index.</exception>
    public static IReadOnlyList<int> Read(string path) => DataFile.Read(path, stream =>
    {
        var lines = new TextLines(TextFile.Read(stream, path), path);
        var indices = new List<int>();
        while (!lines.AtEnd)
        {
            // Words stand above the table and rules around it: a first field that is no number is not of the table.
            var fields = new TextFields(lines.Next("an index"));
            if (fields.Next(out var field) && field.Length <= Digits && TextFields.TryWhole(field, out var index)
                && index > 0)
                indices.Add(index);
        }

        return indices.Count > 0
            ? indices
            : throw new InvalidDataException($"{path}: holds no line that starts with an index.");
    });
}
