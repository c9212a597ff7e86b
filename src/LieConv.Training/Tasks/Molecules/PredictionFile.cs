using System.Text.Json;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Predictions as a table or JSON.</summary>
public static class PredictionFile
{
    /// <summary>A row for each molecule: file, number, formula and the targets with their units; forces are in JSON
    /// only.</summary>
    public static ResultTable Table(IReadOnlyList<TargetScale> targets, IReadOnlyList<PredictedMolecule> molecules)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(molecules);
        return new ResultTable(
        [
            ResultColumn.Texts("file", [.. molecules.Select(molecule => molecule.File)]),
            ResultColumn.Counts("molecule", [.. molecules.Select(molecule => (long)molecule.Number)]),
            ResultColumn.Texts("formula", [.. molecules.Select(molecule => molecule.Formula)]),
            .. targets.Select(target => ResultColumn.Numbers(
                $"{target.Name} ({target.Unit})", [.. molecules.Select(molecule => molecule.Values[target.Name])])),
        ]);
    }

    /// <summary>An array with an object for each molecule.</summary>
    public static string Json(IReadOnlyList<PredictedMolecule> molecules) =>
        JsonSerializer.Serialize(molecules, JsonFormat.Indented);
}
