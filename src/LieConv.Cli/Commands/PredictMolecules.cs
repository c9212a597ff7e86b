using System.CommandLine;
using LieConv.Cli.Output;
using LieConv.Training.Dynamics;
using LieConv.Training.Molecules;

namespace LieConv.Cli.Commands;

/// <summary>lieconv predict RUN --molecules PATH: what is wrong with a file is said, and the others are predicted.</summary>
internal static class PredictMolecules
{
    /// <summary>Predicts and writes.</summary>
    /// <returns>The exit code: bad input where a file could not be read.</returns>
    public static int Run(
        ParseResult result, StatusConsole console, string run, string path, string? checkpoint, int? threads,
        string? target, CancellationToken interruption)
    {
        var json = target is not null && MotionFile.IsJson(target); // refused before the work, not after it
        var files = MoleculePrediction.FilesOf(path);
        using var network = MoleculePrediction.Open(run, checkpoint, threads);
        var (molecules, broken) = (new List<PredictedMolecule>(), 0);
        foreach (var file in files)
        {
            interruption.ThrowIfCancellationRequested();
            try
            {
                molecules.AddRange(network.Predict(file, interruption));
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                console.Say(failure.Message);
                broken++;
            }
        }
        if (target is not null && molecules.Count > 0)
        {
            PredictionFile.Write(target, json, network.Targets, molecules);
            console.Say($"Wrote {molecules.Count} molecules to {target}.");
        }
        else if (molecules.Count > 0)
        {
            result.InvocationConfiguration.Output.Write(PredictionFile.Csv(network.Targets, molecules));
        }
        if (broken > 0) console.Say($"{broken} of {files.Count} files could not be read.");
        return broken > 0 ? ExitCode.BadInput : ExitCode.Done;
    }
}
