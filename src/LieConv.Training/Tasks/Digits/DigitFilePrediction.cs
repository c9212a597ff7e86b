namespace LieConv.Training.Tasks.Digits;

/// <summary>What a run predicts for a file of pictures.</summary>
/// <param name="Digits">The predictions, in the order of the file.</param>
/// <param name="Faults">A sentence for each picture that has none.</param>
/// <param name="Inverted">Numbers of the pictures that were dark on light and read inverted.</param>
/// <param name="Blank">Numbers of the pictures whose pixels are all alike.</param>
public sealed record DigitFilePrediction(
    IReadOnlyList<PredictedDigit> Digits, IReadOnlyList<string> Faults, IReadOnlyList<int> Inverted,
    IReadOnlyList<int> Blank);
