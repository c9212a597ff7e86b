using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Datasets.Molecules;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Cli.Commands;

/// <summary>lieconv predict RUN --molecules PATH: what is wrong with a molecule is said, and the others are
/// predicted.</summary>
internal static class PredictMolecules
{
    /// <summary>Predicts and writes.</summary>
    /// <returns>The exit code: bad input where a molecule or a file could not be predicted.</returns>
    public static int Run(
        ParseResult result, StatusConsole console, string run, string path, string? checkpoint, int? threads,
        string? target, bool printsJson, CancellationToken interruption)
    {
        var json = target is not null && MotionFile.IsJson(target); // refused before the work, not after it
        var (files, passedOver) = MoleculeFiles.Of(path);
        using var network = MoleculePrediction.Open(run, checkpoint, threads);
        if (passedOver.Count > 0)
            console.Say($"Passed over, as expected are {MoleculeFile.Formats}: {string.Join(", ", passedOver)}.");
        var (molecules, faults) = (new List<PredictedMolecule>(), 0);
        foreach (var file in files)
        {
            interruption.ThrowIfCancellationRequested();
            try
            {
                var predicted = network.Predict(file, interruption);
                molecules.AddRange(predicted.Molecules);
                foreach (var line in predicted.Faults.Concat(predicted.Notes)) console.Say(line);
                faults += predicted.Faults.Count;
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                console.Say(failure.Message);
                faults++;
            }
        }
        if (target is not null && molecules.Count > 0)
        {
            PredictionFile.Write(target, json, network.Targets, molecules);
            console.Say($"Wrote {molecules.Count} molecules to {target}.");
        }
        else if (molecules.Count > 0)
        {
            result.InvocationConfiguration.Output.Write(
                printsJson ? PredictionFile.Json(molecules) + "\n" : PredictionFile.Csv(network.Targets, molecules));
        }
        if (faults == 0) return ExitCode.Done;
        console.Say(molecules.Count == 0
            ? "Nothing could be predicted."
            : $"{molecules.Count} molecules were predicted; for what could not be, see the lines above.");
        return ExitCode.BadInput;
    }
}
