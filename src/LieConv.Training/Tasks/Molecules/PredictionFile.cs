using System.Globalization;
using System.Text;
using System.Text.Json;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Predictions as CSV or JSON.</summary>
public static class PredictionFile
{
    /// <summary>A line for each molecule: file, number, formula and the targets with their units; forces are in JSON
    /// only.</summary>
    public static string Csv(IReadOnlyList<TargetScale> targets, IReadOnlyList<PredictedMolecule> molecules)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(molecules);
        var text = new StringBuilder("file,molecule,formula,");
        text.AppendJoin(',', targets.Select(target => CsvField.Of($"{target.Name} ({target.Unit})"))).Append('\n');
        foreach (var molecule in molecules)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"{CsvField.Of(molecule.File)},{molecule.Number},{molecule.Formula},");
            text.AppendJoin(',', targets.Select(target =>
                molecule.Values[target.Name].ToString("G9", CultureInfo.InvariantCulture))).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>An array with an object for each molecule.</summary>
    public static string Json(IReadOnlyList<PredictedMolecule> molecules) =>
        JsonSerializer.Serialize(molecules, JsonFormat.Indented);
}
