namespace LieConv.Datasets.Points.Superpixels;

/// <summary>How a grey picture is cut into superpixels.</summary>
public sealed record SlicOptions
{
    /// <summary>Most superpixels of a picture.</summary>
    /// <value>75, as in MNIST75sp (Knyazev, Taylor and Amer, NeurIPS 2019).</value>
    public int Segments { get; init; } = 75;

    /// <summary>How much a distance of one grid step counts against a difference of intensity, which runs from 0 to 1:
    /// low values follow edges, high values give squares.</summary>
    /// <value>0.25, as in MNIST75sp.</value>
    public double Compactness { get; init; } = 0.25;

    /// <summary>Most rounds of assigning pixels and moving centres.</summary>
    /// <value>10.</value>
    public int Iterations { get; init; } = 10;

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Segments < 1) errors.Add($"Segments is {Segments}; expected at least 1.");
        if (!(Compactness > 0) || !double.IsFinite(Compactness))
            errors.Add(FormattableString.Invariant($"Compactness is {Compactness}; expected a positive number."));
        if (Iterations < 1) errors.Add($"Iterations is {Iterations}; expected at least 1.");
        return errors;
    }
}
