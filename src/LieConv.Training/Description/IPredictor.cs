namespace LieConv.Training.Description;

/// <summary>Predicts from files of a user's: files in, results out.</summary>
public interface IPredictor
{
    /// <summary>What it predicts, as a part of a list: how particles move.</summary>
    string Description { get; }

    /// <summary>What it reads from paths after the run, for the help text; null where it takes none, and its first option
    /// names the input.</summary>
    string? Paths { get; }

    /// <summary>Its options.</summary>
    IReadOnlyList<Setting> Options => [];

    /// <summary>Predicts. What is wrong with one input is said, and costs that one only.</summary>
    /// <exception cref="ArgumentException">If an option is missing or wrong.</exception>
    /// <exception cref="InvalidDataException">If the run or its only input cannot be read.</exception>
    PredictedResults Predict(PredictionRequest request);
}
