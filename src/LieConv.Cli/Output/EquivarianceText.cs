using System.Globalization;
using LieConv.Training.Tasks.Digits;

namespace LieConv.Cli.Output;

/// <summary>Prints an equivariance study as a table.</summary>
internal static class EquivarianceText
{
    public static void Write(TextWriter output, string group, string by, IReadOnlyList<EquivarianceRow> rows)
    {
        output.WriteLine(
            $"Network of {group}, points moved by {by}: largest change of the outputs, relative to their size.");
        output.WriteLine("neighbourhood   precision   largest    mean");
        foreach (var row in rows)
            output.WriteLine(FormattableString.Invariant(
                $"{row.Neighborhood,-15} {row.Precision,-11} {Figure(row.Error.Largest),-10} {Figure(row.Error.Mean)}"));
    }

    private static string Figure(double error) =>
        error == 0 ? "0" : error.ToString("0.0e-00", CultureInfo.InvariantCulture);
}
