using LieConv.Kernels;
using LieConv.Neighbours;

namespace LieConv.Layers;

/// <summary>The choices of one convolution.</summary>
public sealed record LieConvOptions
{
    /// <summary>Which points are neighbours.</summary>
    /// <value>Ball</value>
    public NeighborhoodKind Neighborhood { get; init; } = NeighborhoodKind.Ball;

    /// <summary>Neighbours k that a query sums over at most, <see cref="int.MaxValue"/> for no limit, of the nearest also
    /// those that are as near as the last of them; unused with <see cref="NeighborhoodKind.Everything"/>.</summary>
    /// <value>25</value>
    public int SampleCount { get; init; } = 25;

    /// <summary>Wanted average fraction of the set within the ball, above 0; the radius follows it. More than 1 is
    /// 1.</summary>
    /// <value>1/3</value>
    public double FillFraction { get; init; } = 1.0 / 3;

    /// <summary>Fraction of the points that farthest-point sampling keeps, in (0, 1].</summary>
    /// <value>1</value>
    public double DownsampleFraction { get; init; } = 1;

    /// <summary>Whether the sum over neighbours is divided by their number.</summary>
    /// <value>true</value>
    public bool Mean { get; init; } = true;

    /// <summary>Whether the kernel network and the block around it use batch normalisation.</summary>
    /// <value>true</value>
    public bool BatchNorm { get; init; } = true;

    /// <summary>Weight of the newest batch in the running statistics of batch norms, from 0 to 1.</summary>
    /// <value>0.1</value>
    public double NormMomentum { get; init; } = MaskedBatchNorm.Momentum;

    /// <summary>
    /// Whether the kernel reads each pair from its other end: [log(u⁻¹v), q_v, q_u] in place of [log(v⁻¹u), q_u, q_v].
    /// Both are invariant and carry the same; weights that were trained on one need that one.
    /// </summary>
    /// <value>false</value>
    public bool ReversedPairs { get; init; }

    /// <summary>What the large matrix products are computed in.</summary>
    /// <value>Full</value>
    public ProductPrecision Products { get; init; }

    /// <summary>The nonlinearity.</summary>
    /// <value>Swish</value>
    public Activation Activation { get; init; } = Activation.Swish;

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (SampleCount < 1) errors.Add($"SampleCount is {SampleCount}; expected at least 1.");
        if (!(FillFraction > 0)) errors.Add($"FillFraction is {FillFraction:R}; expected a number above 0.");
        if (!(DownsampleFraction > 0 && DownsampleFraction <= 1))
            errors.Add($"DownsampleFraction is {DownsampleFraction:R}; expected a number above 0 and at most 1.");
        if (!MaskedBatchNorm.IsMomentum(NormMomentum))
            errors.Add(MaskedBatchNorm.MomentumError(NormMomentum, nameof(NormMomentum)));
        if (!Enum.IsDefined(Neighborhood)) errors.Add($"Neighborhood is {Neighborhood}; expected a named kind.");
        if (!Enum.IsDefined(Activation)) errors.Add($"Activation is {Activation}; expected a named function.");
        if (!Enum.IsDefined(Products)) errors.Add($"Products is {Products}; expected a named precision.");
        return errors;
    }
}
