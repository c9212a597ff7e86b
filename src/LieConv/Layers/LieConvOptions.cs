namespace LieConv.Layers;

/// <summary>The choices of one convolution.</summary>
public sealed record LieConvOptions
{
    /// <summary>Neighbours, normalisation, nonlinearity and products; a convolution does not lift.</summary>
    /// <value>As <see cref="BlockOptions"/>: a ball.</value>
    public BlockOptions Block { get; init; } = new();

    /// <summary>Wanted average fraction of the set within the ball, above 0; the radius follows it. More than 1 is
    /// 1.</summary>
    /// <value>1/3</value>
    public double FillFraction { get; init; } = 1.0 / 3;

    /// <summary>Fraction of the points that farthest-point sampling keeps, in (0, 1].</summary>
    /// <value>1</value>
    public double DownsampleFraction { get; init; } = 1;

    /// <summary>
    /// Whether the kernel reads each pair from its other end: [log(u⁻¹v), q_v, q_u] in place of [log(v⁻¹u), q_u, q_v].
    /// Both are invariant and carry the same; weights that were trained on one need that one.
    /// </summary>
    /// <value>false</value>
    public bool ReversedPairs { get; init; }

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>(BlockOptions.Validate(Block));
        if (!(FillFraction > 0)) errors.Add($"FillFraction is {FillFraction:R}; expected a number above 0.");
        if (!(DownsampleFraction > 0 && DownsampleFraction <= 1))
            errors.Add($"DownsampleFraction is {DownsampleFraction:R}; expected a number above 0 and at most 1.");
        return errors;
    }
}
