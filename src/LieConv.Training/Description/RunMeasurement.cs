using LieConv.Training.Learning;
using LieConv.Training.Runs;

namespace LieConv.Training.Description;

/// <summary>What an <see cref="IRunMeasure"/> gave.</summary>
public abstract class RunMeasurement
{
    /// <summary>All figures, those on the test examples among them: evaluation.json.</summary>
    public abstract object Report { get; }

    /// <summary>What is not finite, as half a sentence; null where all is.</summary>
    public abstract string? Fault { get; }

    /// <summary>Writes what belongs beside the run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <returns>Names of the files.</returns>
    /// <exception cref="IOException">If it cannot be written.</exception>
    public abstract IReadOnlyList<string> Keep(RunFolder folder);

    /// <summary>Prints the figures for people, below the headline.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="files">Names of the files that were written.</param>
    public abstract void WriteText(TextWriter output, IReadOnlyList<string> files);

    /// <summary>Writes <see cref="Report"/>.</summary>
    protected void KeepReport(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ConfigFile.Write(folder.Evaluation, Report);
    }
}
