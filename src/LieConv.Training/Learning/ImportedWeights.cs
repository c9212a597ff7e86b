namespace LieConv.Training.Learning;

/// <summary>Where weights come from that were not learnt in their run.</summary>
/// <param name="File">Name of the file that they were imported from; empty where it was not noted.</param>
/// <param name="Step">The step at which they count as learnt: nobody knows how many were made, nor how long they
/// took.</param>
public sealed record ImportedWeights(string File, long Step);
