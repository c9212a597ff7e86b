namespace LieConv.Training.Figures;

/// <summary>Examples whose predictions are about equally sure.</summary>
/// <param name="Low">The bin holds probabilities above this; the first also 0.</param>
/// <param name="High">And at most this.</param>
/// <param name="Count">Examples in it.</param>
/// <param name="Confidence">The mean probability of their predicted classes; NaN for none.</param>
/// <param name="Accuracy">The fraction whose predicted class is right; NaN for none.</param>
public sealed record ReliabilityBin(double Low, double High, long Count, double Confidence, double Accuracy);
