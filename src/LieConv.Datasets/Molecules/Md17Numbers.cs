using System.Globalization;
using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Molecules;

/// <summary>What no array of MD17 may hold: numbers that are not finite, and frames without any force, which are arrays
/// that somebody allocated and did not fill.</summary>
/// <param name="path">The file.</param>
/// <param name="archive">Its arrays.</param>
/// <param name="frames">Frames.</param>
internal sealed class Md17Numbers(string path, NpzFile archive, int frames)
{
    /// <summary>Requires finite numbers.</summary>
    /// <param name="values">An array, frame by frame.</param>
    /// <param name="name">Its name.</param>
    /// <param name="otherName">The name it has where it has not that one.</param>
    /// <exception cref="InvalidDataException">One is not: names array and frame.</exception>
    public void RequireFinite(ReadOnlySpan<double> values, string name, string otherName)
    {
        for (var i = 0; i < values.Length; i++)
            if (!double.IsFinite(values[i]))
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: array '{Present(name, otherName)}' holds {values[i]} in frame {Frame(i, values)}; expected " +
                    $"finite numbers."));
    }

    /// <summary>Requires a force on some atom of each frame.</summary>
    /// <exception cref="InvalidDataException">A frame, or all, has none: names array and frame.</exception>
    public void RequireSome(ReadOnlySpan<double> forces, string name, string otherName)
    {
        var each = forces.Length / frames;
        if (each <= 3) return;                                     // no force acts on an atom alone
        var what = $"{path}: array '{Present(name, otherName)}'";
        if (!forces.ContainsAnyExcept(0.0))
            throw new InvalidDataException($"{what} is 0 in every frame; expected the forces on the atoms.");
        for (var frame = 0; frame < frames; frame++)
            if (!forces.Slice(frame * each, each).ContainsAnyExcept(0.0))
                throw new InvalidDataException(
                    $"{what} is 0 at every atom of frame {frame + 1}; expected the forces on the atoms.");
    }

    private int Frame(int place, ReadOnlySpan<double> values) => place / (values.Length / frames) + 1;

    private string Present(string name, string otherName) => archive.Names.Contains(name) ? name : otherName;
}
