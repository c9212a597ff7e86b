using LieConv.Training.Description;
using LieConv.Training.PictureFiles;

namespace LieConv.Training.Tasks.Digits;

/// <summary>Reads digits from pictures: what is wrong with a file is said, and the others are predicted.</summary>
internal sealed class PicturePredictor : IPredictor
{
    public string Description => "what a digit is";

    public string Paths => "Digits: pictures (PNG, JPEG, BMP), idx or amat files, or folders of them.";

    public IReadOnlyList<Setting> Options { get; } = [InkNotes.Setting];

    public PredictedResults Predict(PredictionRequest request)
    {
        if (request.Paths.Count == 0)
            throw new ArgumentException($"PATH is missing: '{request.Run.Path}' is a run of digits; expected files or " +
                $"folders of {DigitFiles.Formats}.");
        var ink = InkNotes.Read(request.Options);
        var found = DigitFiles.Find(request.Paths);
        using var network = DigitPrediction.Open(request.Run.Path, request.Checkpoint, request.Threads);
        if (found.Note is { } note) request.Say(note);
        foreach (var fault in found.Faults) request.Say(fault);
        var (digits, count) = (new List<PredictedDigit>(), found.Faults.Count);
        var notes = new InkNotes(ink);
        foreach (var file in found.Files)
        {
            request.Interruption.ThrowIfCancellationRequested();
            try
            {
                var predicted = network.Predict(file, ink, request.Interruption);
                digits.AddRange(predicted.Digits);
                foreach (var line in predicted.Faults) request.Say(line);
                count += predicted.Faults.Count;
                foreach (var number in predicted.Inverted)
                    notes.NoteInverted(Name(file, number, predicted.Digits.Count));
                foreach (var number in predicted.Blank) notes.NoteBlank(Name(file, number, predicted.Digits.Count));
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                request.Say(failure.Message);
                count++;
            }
        }
        notes.Say(request.Say);
        return new Results(network.Classes, digits, count);
    }

    private static string Name(string file, int number, int count) => count <= 1 ? file : $"{file}, image {number}";

    private sealed class Results(int classes, IReadOnlyList<PredictedDigit> digits, int faults) : PredictedResults
    {
        public override int Count => digits.Count;

        public override int Faults => faults;

        public override string? Remark => Count == 0
            ? "Nothing could be predicted."
            : $"{Count} pictures were predicted; for what could not be, see the lines above.";

        public override ResultTable Table() => DigitPredictionFile.Table(classes, digits);

        public override string Json() => DigitPredictionFile.Json(digits);

        public override string Written(string path) => $"Wrote {Count} pictures to {path}.";
    }
}
