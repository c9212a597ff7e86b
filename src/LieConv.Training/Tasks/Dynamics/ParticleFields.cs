using System.Globalization;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>How the numbers of a particle are called in files.</summary>
/// <param name="Parameters">Parameters: the name in tables and the one in JSON.</param>
/// <param name="Dimensions">Dimension D of the space.</param>
internal sealed record ParticleFields(IReadOnlyList<(string Column, string Key)> Parameters, int Dimensions)
{
    /// <summary>JSON's name of the positions.</summary>
    public const string Position = "position";

    /// <summary>JSON's name of the momenta.</summary>
    public const string Momentum = "momentum";

    private static readonly (string Column, string Key)[] Known = [("m", "mass"), ("k", "stiffness")];

    private static readonly string[] AllAxes = ["x", "y", "z"];

    /// <summary>The fields of particles with so many parameters, the first of them the mass.</summary>
    public static ParticleFields Create(int parameters, int dimensions) => new(
        [
            .. Enumerable.Range(0, parameters).Select(i => i < Known.Length
                ? Known[i]
                : (string.Create(CultureInfo.InvariantCulture, $"c{i}"),
                    string.Create(CultureInfo.InvariantCulture, $"parameter{i}"))),
        ],
        dimensions);

    /// <summary>Columns of positions, x, y, z.</summary>
    public IEnumerable<string> PositionColumns => Axes;

    /// <summary>Columns of momenta, px, py, pz.</summary>
    public IEnumerable<string> MomentumColumns => Axes.Select(axis => "p" + axis);

    /// <summary>All columns of a table of initial states, without the system's.</summary>
    public IReadOnlyList<string> Columns =>
        ["particle", .. Parameters.Select(p => p.Column), .. PositionColumns, .. MomentumColumns];

    private IEnumerable<string> Axes => AllAxes.Take(Dimensions);
}
