using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Output;
using LieConv.Datasets.Digits;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Cli.Commands;

/// <summary>lieconv predict RUN PATH... for digits: what is wrong with a file is said, and the others are
/// predicted.</summary>
internal static class PredictDigits
{
    /// <summary>Names that a line lists.</summary>
    private const int Listed = 10;

    /// <summary>Predicts and writes.</summary>
    /// <returns>The exit code: bad input where a picture or a file could not be predicted.</returns>
    public static int Run(
        ParseResult result, StatusConsole console, string run, IReadOnlyList<string> paths, Ink ink, string? checkpoint,
        int? threads, string? target, bool printsJson, CancellationToken interruption)
    {
        if (paths.Count == 0)
            throw new ArgumentException(
                $"PATH is missing: '{run}' is a run of digits; expected files or folders of {DigitFiles.Formats}.");
        var json = target is not null && MotionFile.IsJson(target); // refused before the work, not after it
        var (files, passedOver, faults) = DigitFiles.Of(paths);
        using var network = DigitPrediction.Open(run, checkpoint, threads);
        if (passedOver.Count > 0)
            console.Say($"Passed over, as expected are {DigitFiles.Formats}: {string.Join(", ", passedOver)}.");
        foreach (var fault in faults) console.Say(fault);
        var (digits, count) = (new List<PredictedDigit>(), faults.Count);
        var (inverted, blank) = (new List<string>(), new List<string>());
        foreach (var file in files)
        {
            interruption.ThrowIfCancellationRequested();
            try
            {
                var predicted = network.Predict(file, ink, interruption);
                digits.AddRange(predicted.Digits);
                foreach (var line in predicted.Faults) console.Say(line);
                count += predicted.Faults.Count;
                inverted.AddRange(predicted.Inverted.Select(number => Name(file, number, predicted.Digits.Count)));
                blank.AddRange(predicted.Blank.Select(number => Name(file, number, predicted.Digits.Count)));
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                console.Say(failure.Message);
                count++;
            }
        }
        if (inverted.Count > 0 && ink == Ink.Auto)
            console.Say($"Dark on light and read inverted (--ink light reads as it is): {List(inverted)}.");
        if (blank.Count > 0) console.Say($"Of one brightness all over, so that the prediction means nothing: {List(blank)}.");
        Write(result, console, network.Classes, digits, target, json, printsJson);
        if (count == 0) return ExitCode.Done;
        console.Say(digits.Count == 0
            ? "Nothing could be predicted."
            : $"{digits.Count} pictures were predicted; for what could not be, see the lines above.");
        return ExitCode.BadInput;
    }

    private static void Write(
        ParseResult result, StatusConsole console, int classes, List<PredictedDigit> digits, string? target, bool json,
        bool printsJson)
    {
        if (digits.Count == 0) return;
        if (target is not null)
        {
            DigitPredictionFile.Write(target, json, classes, digits);
            console.Say($"Wrote {digits.Count} pictures to {target}.");
        }
        else
        {
            result.InvocationConfiguration.Output.Write(
                printsJson ? DigitPredictionFile.Json(digits) + "\n" : DigitPredictionFile.Csv(classes, digits));
        }
    }

    private static string Name(string file, int number, int count) => count <= 1 ? file : $"{file}, image {number}";

    private static string List(List<string> names) => string.Join("; ", names.Take(Listed)) +
        (names.Count > Listed ? $"; and {names.Count - Listed} more" : "");
}
