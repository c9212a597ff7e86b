namespace LieConv.Training.Tasks.Points;

/// <summary>A group that was tried.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Dimension">Its dimension.</param>
/// <param name="SmallErrors">Errors on each validation set after training on the smaller part.</param>
/// <param name="Errors">The same after training on all training sets.</param>
internal sealed record DiscoveryCandidate(
    string Group, int Dimension, IReadOnlyList<double> SmallErrors, IReadOnlyList<double> Errors);
