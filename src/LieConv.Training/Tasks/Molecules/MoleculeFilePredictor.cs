using LieConv.Datasets.Molecules;
using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Predicts properties of molecules: what is wrong with one is said, and the others are predicted.</summary>
internal sealed class MoleculeFilePredictor : IPredictor
{
    private const string Input = "--molecules";

    public string Description => "properties of molecules";

    public string? Paths => null;

    public IReadOnlyList<Setting> Options { get; } =
    [
        Setting.Text(Input, null, "Molecules: a .xyz or .sdf file, or a folder of them.", "PATH"),
        Setting.Count(
            TransformMeasure.Average, null, "Molecules: average predictions over so many random rotations.",
            most: TransformMeasure.MaximumAverage),
    ];

    public PredictedResults Predict(PredictionRequest request)
    {
        var run = request.Run.Path;
        var path = request.Options.Text(Input) ?? throw new ArgumentException(
            $"{Input} is missing: '{run}' is a run of {RunConfig.TaskOf(request.Run.Config)}; expected a file or a folder.");
        var (files, passedOver) = MoleculeFiles.Find(path);
        using var network = MoleculePrediction.Open(run, request.Checkpoint, request.Threads);
        network.Average = request.Options.Count(TransformMeasure.Average) ?? 1;
        if (passedOver.Count > 0)
            request.Say($"Passed over, as expected are {MoleculeFile.Formats}: {string.Join(", ", passedOver)}.");
        var (molecules, faults) = (new List<PredictedMolecule>(), 0);
        foreach (var file in files)
        {
            request.Interruption.ThrowIfCancellationRequested();
            try
            {
                var predicted = network.Predict(file, request.Interruption);
                molecules.AddRange(predicted.Molecules);
                foreach (var line in predicted.Faults.Concat(predicted.Notes)) request.Say(line);
                faults += predicted.Faults.Count;
            }
            catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                request.Say(failure.Message);
                faults++;
            }
        }
        return new Results(network.Targets, molecules, faults);
    }

    private sealed class Results(IReadOnlyList<TargetScale> targets, IReadOnlyList<PredictedMolecule> molecules, int faults)
        : PredictedResults
    {
        public override int Count => molecules.Count;

        public override int Faults => faults;

        public override string? Remark => Count == 0
            ? "Nothing could be predicted."
            : $"{Count} molecules were predicted; for what could not be, see the lines above.";

        public override ResultTable Table() => PredictionFile.Table(targets, molecules);

        public override string Json() => PredictionFile.Json(molecules);

        public override string Written(string path) => $"Wrote {Count} molecules to {path}.";
    }
}
