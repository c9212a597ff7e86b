using System.Text.Json.Serialization;

namespace LieConv.Training.Learning;

/// <summary>A quantity that is learnt, and how the network's number becomes it: mean + scale · output, and for a molecule
/// what its atoms are worth, where <see cref="Atoms"/> and <see cref="Extents"/> say it.</summary>
/// <param name="Name">Its name, such as homo.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Mean">Mean over the training molecules, of what is left without the atoms' values; in the unit.</param>
/// <param name="Scale">Standard deviation over the training molecules, of what is left; in the unit. Where forces are
/// learnt, too, their root mean square times 1 Angstrom.</param>
public sealed record TargetScale(string Name, string Unit, double Mean, double Scale)
{
    /// <summary>What an atom is worth by its nuclear charge, in the unit; those that are not named are worth nothing. Null
    /// where all are.</summary>
    /// <value>null</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<int, double>? Atoms { get; init; }

    /// <summary>What an atom is worth by its nuclear charge for each squared Angstrom from the centre of mass, in the unit;
    /// those that are not named are worth nothing. Null where all are.</summary>
    /// <value>null</value>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<int, double>? Extents { get; init; }

    /// <summary>Whether all numbers are finite, and the scale is above 0.</summary>
    [JsonIgnore]
    public bool IsFinite => double.IsFinite(Mean) && Scale > 0 && double.IsFinite(Scale) &&
        (Atoms?.Values.All(double.IsFinite) ?? true) && (Extents?.Values.All(double.IsFinite) ?? true);
}
