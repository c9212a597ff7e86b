namespace LieConv.Training.Tasks.Dynamics;

/// <summary>One training of a data-efficiency study.</summary>
/// <param name="Network">The network, as legends name it.</param>
/// <param name="Size">How many systems it was trained on, positive.</param>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Mse">Mean squared error on the test systems; infinite or NaN if the training failed.</param>
public sealed record StudyRow(string Network, int Size, long Seed, double Mse);
