namespace LieConv.Training.Tasks.Points;

/// <summary>A group that was tried.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Dimension">Its dimension.</param>
/// <param name="SmallErrors">Errors on each validation set after training on the smaller part, means over
/// seeds.</param>
/// <param name="Errors">The same after training on all training sets.</param>
internal sealed record DiscoveryCandidate(
    string Group, int Dimension, IReadOnlyList<double> SmallErrors, IReadOnlyList<double> Errors)
{
    /// <summary>Variance of the mean of <see cref="SmallErrors"/> by the chance in trainings; 0 where there was one
    /// seed.</summary>
    public double SmallChance { get; init; }

    /// <summary>The same of <see cref="Errors"/>.</summary>
    public double Chance { get; init; }

    /// <summary>Errors of the network without a symmetry on sets that the group has moved; empty where it was not
    /// tried.</summary>
    public IReadOnlyList<double> Moved { get; init; } = [];

    /// <summary>Names of the groups among the candidates that it holds, without itself.</summary>
    public IReadOnlyList<string> Subgroups { get; init; } = [];

    /// <summary>Whether the network of all training sets was still learning fast at the end.</summary>
    public bool IsUnsettled { get; init; }
}
