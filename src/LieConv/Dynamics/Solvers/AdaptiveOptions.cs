namespace LieConv.Dynamics.Solvers;

/// <summary>Settings of the solvers that choose their steps.</summary>
public sealed record AdaptiveOptions
{
    /// <summary>Error allowed in a step, relative to the state.</summary>
    /// <remarks>Below 100 times the epsilon of the state's type (2.2e-14 in float64, 1.2e-5 in float32) the estimates
    /// are rounding, and ever smaller steps add ever more of it: that floor holds instead, and
    /// <see cref="OdeSolution.Remark"/> says so. With <see cref="ErrorControl.WholeBatch"/> it is a tenth of an epsilon,
    /// since torchdiffeq has none.</remarks>
    /// <value>1e-6.</value>
    public double RelativeTolerance { get; init; } = 1e-6;

    /// <summary>Error allowed in a step, in the units of the state.</summary>
    /// <value>1e-8.</value>
    public double AbsoluteTolerance { get; init; } = 1e-8;

    /// <summary>Steps that may be tried, rejected ones included, for each item that has its own steps.</summary>
    /// <value>100,000.</value>
    public int MaximumSteps { get; init; } = 100_000;

    /// <summary>Length of the first step; null lets the solver estimate it with one more evaluation.</summary>
    /// <value>null.</value>
    public double? InitialStep { get; init; }

    /// <summary>Largest step.</summary>
    /// <value>No limit.</value>
    public double MaximumStep { get; init; } = double.PositiveInfinity;

    /// <summary>Whose error decides about the size of a step.</summary>
    /// <value><see cref="ErrorControl.PerItem"/>.</value>
    public ErrorControl Control { get; init; } = ErrorControl.PerItem;

    /// <summary>All errors of the settings, each a sentence; none where they are valid.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!(RelativeTolerance >= 0 && double.IsFinite(RelativeTolerance)))
            errors.Add($"RelativeTolerance is {RelativeTolerance}; expected a finite number of at least 0.");
        // Padding is 0 and has no error: 0 / 0 must not arise.
        if (!(AbsoluteTolerance > 0 && double.IsFinite(AbsoluteTolerance)))
            errors.Add($"AbsoluteTolerance is {AbsoluteTolerance}; expected a finite number above 0.");
        if (MaximumSteps < 1) errors.Add($"MaximumSteps is {MaximumSteps}; expected at least 1.");
        if (InitialStep is { } first && !(first > 0 && double.IsFinite(first)))
            errors.Add($"InitialStep is {first}; expected a finite number above 0.");
        if (!(MaximumStep > 0)) errors.Add($"MaximumStep is {MaximumStep}; expected a number above 0.");
        if (!Enum.IsDefined(Control)) errors.Add($"Control is {Control}; expected PerItem or WholeBatch.");
        return errors;
    }
}
