namespace LieConv.Training.Pictures;

/// <summary>A target whose predictions are drawn against the truth.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="True">True values.</param>
/// <param name="Predicted">Predictions, as many.</param>
/// <param name="Mae">The mean absolute error over all examples.</param>
/// <param name="Reach">How far intervals reach from predictions, in the unit; null for none.</param>
internal sealed record ParityPanel(
    string Name, string Unit, IReadOnlyList<double> True, IReadOnlyList<double> Predicted, double Mae,
    double? Reach = null);
