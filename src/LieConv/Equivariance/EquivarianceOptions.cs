namespace LieConv.Equivariance;

/// <summary>How equivariance is measured.</summary>
public sealed record EquivarianceOptions
{
    /// <summary>Random group elements that are tried.</summary>
    /// <value>10</value>
    public int Elements { get; init; } = 10;

    /// <summary>Seed of the elements and of the model's draws.</summary>
    /// <value>0</value>
    public ulong Seed { get; init; }

    /// <summary>Standard deviation of the elements' tangents, in units of the algebra's basis (radians,
    /// coordinates).</summary>
    /// <value>1</value>
    public double Spread { get; init; } = 1;

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Elements < 1) errors.Add($"Elements is {Elements}; expected at least 1.");
        if (!(Spread > 0 && double.IsFinite(Spread))) errors.Add($"Spread is {Spread:R}; expected a number above 0.");
        return errors;
    }
}
