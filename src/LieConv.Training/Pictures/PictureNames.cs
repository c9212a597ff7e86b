using System.Globalization;

namespace LieConv.Training.Pictures;

/// <summary>Names of columns as parts of names of files.</summary>
internal static class PictureNames
{
    /// <summary>Most letters of a name: file systems take 255 bytes, and there is more in the file's name.</summary>
    private const int Longest = 40;

    /// <summary>Letters and digits, and _ for all else. Names that are the same then have a number after a hyphen, which no
    /// other has; that capitals do not count is a rule of Windows and macOS.</summary>
    /// <param name="names">Different names.</param>
    /// <returns>As many different names of files.</returns>
    public static IReadOnlyList<string> Create(IReadOnlyList<string> names)
    {
        var (taken, files) = (new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), new List<string>());
        foreach (var name in names)
        {
            var own = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_')).Normalize();
            if (own.Length > Longest) own = own[..Longest];
            var times = taken[own] = taken.GetValueOrDefault(own) + 1;
            files.Add(times == 1 ? own : string.Create(CultureInfo.InvariantCulture, $"{own}-{times}"));
        }
        return files;
    }
}
