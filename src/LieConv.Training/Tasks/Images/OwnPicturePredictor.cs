using LieConv.Datasets.Pictures;
using LieConv.Training.Description;

namespace LieConv.Training.Tasks.Images;

/// <summary>Predicts classes of picture files: what is wrong with a file is said, and the others are predicted.</summary>
internal sealed class OwnPicturePredictor : IPredictor
{
    /// <summary>The column of the class.</summary>
    private const string Target = "class";

    /// <inheritdoc/>
    public string Description => "classes of pictures";

    /// <inheritdoc/>
    public string Paths => "Pictures: PNG, JPEG or BMP files, or folders of them.";

    /// <inheritdoc/>
    public PredictedResults Predict(PredictionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Paths.Count == 0)
            throw new ArgumentException($"PATH is missing: '{request.Run.Path}' is a run of pictures; expected " +
                $"{PictureFile.Formats} files, or folders of them.");
        var found = FoundPictures.Find(request.Paths);
        using var network = ImageForecast.Open(request.Run, request.Checkpoint, request.Threads);
        if (found.PassedOver.Count > 0)
            request.Say($"Passed over, as expected are {PictureFile.Formats} files: {found.PassedOver[0]}" +
                (found.PassedOver.Count > 1 ? $" and {found.PassedOver.Count - 1} more." : "."));
        foreach (var fault in found.Faults) request.Say(fault);
        var (files, numbers, faults) = (new List<string>(), new List<double>(), found.Faults.Count);
        foreach (var some in found.Files.Chunk(network.Batch))
        {
            request.Interruption.ThrowIfCancellationRequested();
            var (names, pictures) = (new List<string>(), new List<byte[]>());
            foreach (var file in some)
            {
                try
                {
                    pictures.Add(network.Read(file));
                    names.Add(file);
                }
                catch (InvalidDataException fault)
                {
                    request.Say(fault.Message);
                    faults++;
                }
            }
            if (pictures.Count == 0) continue;
            foreach (var (place, row) in network.LogProbabilities(pictures).Chunk(network.Classes.Count).Index())
            {
                if (row.Any(double.IsNaN))
                {
                    request.Say($"{names[place]}: the probabilities predicted for it are not finite numbers; left out.");
                    faults++;
                    continue;
                }
                files.Add(names[place]);
                numbers.AddRange(row);
            }
        }
        return new TableResults(
            new ResultTable(
            [
                ResultColumn.Texts("file", files),
                .. PredictionColumns.Classes(Target, network.Classes, [.. numbers]),
            ]), faults, inputs: "pictures");
    }
}
