namespace LieConv.Training.Preparation;

/// <summary>How coordinates become numbers of the size that networks work with: (x - Centre) / Scale, with one scale for
/// all coordinates, so that rotations stay rotations.</summary>
/// <param name="Centre">What becomes the origin, a number a coordinate; zeros leave the origin where it is, since
/// rotations and scalings are those about it.</param>
/// <param name="Scale">Above 0.</param>
public sealed record CoordinateScale(IReadOnlyList<double> Centre, double Scale)
{
    /// <summary>Scales positions in place.</summary>
    /// <param name="positions">Point by point.</param>
    public void Apply(Span<double> positions)
    {
        for (var i = 0; i < positions.Length; i++)
            positions[i] = (positions[i] - Centre[i % Centre.Count]) / Scale;
    }
}
