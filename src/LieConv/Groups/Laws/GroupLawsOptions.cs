using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>How the laws of a group are checked.</summary>
public sealed record GroupLawsOptions
{
    /// <summary>Random cases a law.</summary>
    /// <value>16</value>
    public int Samples { get; init; } = 16;

    /// <summary>Seed of the cases.</summary>
    /// <value>1</value>
    public long Seed { get; init; } = 1;

    /// <summary>Precisions to check.</summary>
    /// <value>Float64 and Float32</value>
    public IReadOnlyList<ScalarType> Dtypes { get; init; } = [ScalarType.Float64, ScalarType.Float32];

    /// <summary>Points of the group's domain from standard normal numbers, both (..., D).</summary>
    /// <value>null: what the group says of its domain (<see cref="LieGroup.ToDomain"/>).</value>
    public Func<Tensor, Tensor>? Points { get; init; }

    /// <summary>How far below π the largest rotation lies in <see cref="TangentRegime.NearCut"/>, in double and in
    /// lower precision.</summary>
    /// <value>1e-6 and 1e-3</value>
    public (double Float64, double Float32) CutGap { get; init; } = (1e-6, 1e-3);

    /// <summary>Factor on all tolerances but the series' order, for groups with a numerical logarithm.</summary>
    /// <value>1</value>
    public double ToleranceFactor { get; init; } = 1;

    /// <summary>Everything that is wrong, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Samples < 2) errors.Add($"Samples is {Samples}; expected 2 or more.");
        if (Dtypes.Count == 0 || Dtypes.Any(dtype => dtype is not (ScalarType.Float64 or ScalarType.Float32)))
            errors.Add("Dtypes must be Float64, Float32 or both.");
        if (!(CutGap.Float64 > 0 && CutGap.Float32 > 0)) errors.Add("CutGap must be positive.");
        if (!(ToleranceFactor > 0)) errors.Add($"ToleranceFactor is {ToleranceFactor:R}; expected a positive number.");
        return errors;
    }
}
