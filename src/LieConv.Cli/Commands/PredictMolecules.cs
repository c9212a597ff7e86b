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
        var (molecules, broken, lost) = (new List<PredictedMolecule>(), 0, 0);
        foreach (var file in files)
        {
            interruption.ThrowIfCancellationRequested();
            try
            {
                foreach (var molecule in network.Predict(file, interruption))
                {
                    if (molecule.Lost is null) molecules.Add(molecule);
                    else lost += SayLost(console, molecule);
                }
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
        return broken + lost > 0 ? ExitCode.BadInput : ExitCode.Done;
    }

    private static int SayLost(StatusConsole console, PredictedMolecule molecule)
    {
        console.Say($"'{molecule.File}': molecule {molecule.Number} ({molecule.Formula}): the predicted {molecule.Lost} " +
            "is not a finite number; left out.");
        return 1;
    }
}
