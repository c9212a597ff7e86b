namespace LieConv.Training.Description;

/// <summary>Predicts from files of a user's: files in, results out.</summary>
public interface IPredictor
{
    /// <summary>What it predicts from which files, as the end of a sentence.</summary>
    string Description { get; }

    /// <summary>Its options; the first names the input.</summary>
    IReadOnlyList<Setting> Options { get; }

    /// <summary>Predicts. What is wrong with one input is said, and costs that one only.</summary>
    /// <exception cref="ArgumentException">If an option is missing or wrong.</exception>
    /// <exception cref="InvalidDataException">If the run or its only input cannot be read.</exception>
    PredictedResults Predict(PredictionRequest request);
}
