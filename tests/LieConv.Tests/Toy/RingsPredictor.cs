using LieConv.Training.Description;
using static TorchSharp.torch;

namespace LieConv.Tests.Toy;

/// <summary>Reads files of points, x,y a line, and tells the radius of each.</summary>
internal sealed class RingsPredictor(RingsTask task) : IPredictor
{
    public string Description => "how wide a ring is";

    public string Paths => "Rings: files of points, x,y a line.";

    public PredictedResults Predict(PredictionRequest request)
    {
        using var scope = NewDisposeScope();
        using var run = task.OpenToPredict(request);
        var numbers = request.Paths.Select(path => File.ReadAllText(path).Trim().Split(',', '\n').Select(double.Parse));
        var logits = numbers.Select(file => ((RingsObjective)run.Objective).Logits(tensor(file.ToArray()).reshape(1, -1, 2)));
        return new TableResults(
            ["file", "radius"], [.. logits.Select((of, i) => new object[] { request.Paths[i], 1 + of.argmax(1).item<long>() })]);
    }
}
