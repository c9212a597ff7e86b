using System.Globalization;

namespace LieConv.Training.Learning;

/// <summary>Numbers as people write them.</summary>
public static class NumberText
{
    /// <summary>A small number: 1.23e-4.</summary>
    public static string Scientific(double value) =>
        value == 0 ? "0" : value.ToString("0.00e-0", CultureInfo.InvariantCulture);
}
