namespace LieConv.Training.Classification;

/// <summary>An image that the model put into the wrong class.</summary>
/// <param name="Index">Its place in the data set.</param>
/// <param name="Label">The right class.</param>
/// <param name="Prediction">The model's class.</param>
/// <param name="Probability">The probability that the model gave it, from 0 to 1.</param>
public sealed record Misread(long Index, int Label, int Prediction, double Probability);
