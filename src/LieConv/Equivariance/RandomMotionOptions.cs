namespace LieConv.Equivariance;

/// <summary>How far random elements of a group move sets of points.</summary>
public sealed record RandomMotionOptions
{
    /// <summary>Standard deviation of translations in each direction, in units of a set's size: the root mean square distance
    /// of its points from their mean.</summary>
    /// <value>1</value>
    public double Translation { get; init; } = 1;

    /// <summary>Greatest factor of a scaling or squeeze; the least is its inverse, and their logarithms are uniform.</summary>
    /// <value>2</value>
    public double Factor { get; init; } = 2;

    /// <summary>Greatest angle of a rotation in radians; π for all of them, uniformly.</summary>
    /// <value>π</value>
    public double Angle { get; init; } = Math.PI;

    /// <summary>The size that translations are in units of; null for each set's own.</summary>
    /// <value>null</value>
    public double? Size { get; init; }

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!(Translation >= 0 && double.IsFinite(Translation)))
            errors.Add($"Translation is {Translation:R}; expected a number from 0.");
        if (!(Factor >= 1 && double.IsFinite(Factor))) errors.Add($"Factor is {Factor:R}; expected a number from 1.");
        if (!(Angle is >= 0 and <= Math.PI)) errors.Add($"Angle is {Angle:R}; expected a number from 0 to π.");
        if (Size is { } size && !(size >= 0 && double.IsFinite(size)))
            errors.Add($"Size is {size:R}; expected a number from 0.");
        return errors;
    }
}
