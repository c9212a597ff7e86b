namespace LieConv.Training.Studies;

/// <summary>One training of a data-efficiency study.</summary>
/// <param name="Network">The network, as legends name it.</param>
/// <param name="Size">How many examples it was trained on, positive.</param>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Error">The task's first metric on the test examples; infinite or NaN if the training failed.</param>
public sealed record StudyRow(string Network, int Size, long Seed, double Error);
