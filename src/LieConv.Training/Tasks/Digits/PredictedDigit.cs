namespace LieConv.Training.Tasks.Digits;

/// <summary>What a run predicts for one picture.</summary>
/// <param name="File">The file that it came from.</param>
/// <param name="Number">Its number in the file, from 1.</param>
/// <param name="Class">The most probable class.</param>
/// <param name="Probabilities">Probability of each class, from class 0 on; they add up to 1.</param>
public sealed record PredictedDigit(string File, int Number, int Class, IReadOnlyList<double> Probabilities);
