namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Files of initial states, JSON or CSV.</summary>
public static class InitialStateFile
{
    /// <summary>Reads the systems of a file.</summary>
    /// <param name="path">A .json or .csv file.</param>
    /// <param name="parameters">Numbers c that describe a particle.</param>
    /// <param name="dimensions">Dimension D of the space.</param>
    /// <exception cref="InvalidDataException">If the file is missing or damaged: one sentence with its name, the place
    /// and what was expected there.</exception>
    public static IReadOnlyList<InitialSystem> Read(string path, int parameters, int dimensions)
    {
        if (string.IsNullOrWhiteSpace(path))
            throw new ArgumentException("The name of the file is blank; expected a .json or .csv file.");
        if (!File.Exists(path)) throw new InvalidDataException($"There is no file '{path}'.");
        var fields = ParticleFields.Create(parameters, dimensions);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSON" => new InitialStateJson(path, fields).Read(),
            ".CSV" => new InitialStateTable(path, fields).Read(),
            _ => throw new ArgumentException($"'{path}' ends in neither .json nor .csv."),
        };
    }
}
