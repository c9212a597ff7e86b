using LieConv.Datasets.Molecules;
using LieConv.Molecules;
using LieConv.Training.Learning;
using LieConv.Training.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>A trained network that predicts properties of molecules from files; it needs none of its data.</summary>
public sealed class MoleculePrediction : IDisposable
{
    /// <summary>No coordinate of a molecule is larger, in Angstrom: a tenth of a meter, of whose differences float64
    /// still keeps seven digits behind the point.</summary>
    private const double FarthestAtom = 1e9;

    private readonly MoleculeConfig _config;
    private readonly MolecularNetwork _model;
    private readonly byte[] _species;

    private MoleculePrediction(MoleculeConfig config, MolecularNetwork model)
    {
        (_config, _model) = (config, model);
        _species = [.. model.Species.Select(charge => (byte)charge)];
    }

    /// <summary>Opens a run's network.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="checkpoint">Name of the checkpoint, or null for the best, and without one the last.</param>
    /// <param name="threads">Threads of libtorch; null for the run's.</param>
    /// <exception cref="InvalidDataException">If the folder is no run of molecules, or is damaged.</exception>
    public static MoleculePrediction Open(string path, string? checkpoint, int? threads)
    {
        var folder = RunFolder.Open(path);
        var config = MoleculeConfig.Read(folder.Config);
        if (config.Targets.Count == 0)
            throw new InvalidDataException($"'{folder.Config}' has no targets: the run has not started.");
        set_num_threads(threads is > 0 ? threads.Value : Math.Max(1, config.Train.Threads));
        var model = config.CreateNetwork();
        model.to(config.Train.Dtype);
        folder.Checkpoints.LoadModel(checkpoint ?? folder.Checkpoints.Preferred, model, config.Identity());
        model.eval();
        return new MoleculePrediction(config, model);
    }

    /// <summary>Random rotations of each molecule whose predictions are averaged; 1 for the molecule as it is.</summary>
    /// <value>1</value>
    public int Average { get; set; } = 1;

    /// <summary>The targets, in the order of the columns.</summary>
    public IReadOnlyList<TargetScale> Targets => _config.Targets;

    /// <summary>Predicts for the molecules of a file. What is wrong with one costs that one only.</summary>
    /// <exception cref="InvalidDataException">If the file cannot be read, or holds nothing of its format: one sentence.
    /// </exception>
    public FilePrediction Predict(string file, CancellationToken interruption)
    {
        var contents = MoleculeFile.ReadAll(file);
        var faults = contents.Faults.ToList();
        var known = Known(file, contents.Molecules, faults);
        var part = new MoleculePart(known, [], _config.Train.Dtype, CPU, _model.IsTranslationInvariant);
        var predictions = new MoleculePredictor(_model, _config) { Average = Average }.PredictWhatFits(
            part, _config.ForceWeight > 0, (molecule, fault) =>
                faults.Add($"'{file}': molecule {known.Ids[molecule]} {fault}"), interruption);
        var predicted = Enumerable.Range(0, known.Count).Where(i => predictions.Values[i] is not null)
            .Select(i => Predicted(file, known, i, predictions)).ToLookup(molecule => molecule.Lost is null);
        foreach (var molecule in predicted[false])
            faults.Add($"'{file}': molecule {molecule.Number} ({molecule.Formula}): the predicted {molecule.Lost} is not a " +
                "finite number; left out.");
        var numbers = predicted[true].Select(molecule => molecule.Number).ToHashSet();
        return new FilePrediction(
            [.. predicted[true]], faults,
            MoleculeNote.Lines(file, contents.Notes.Where(note => numbers.Contains(note.Molecule))));
    }

    private PredictedMolecule Predicted(string file, MoleculeSet set, int molecule, MoleculePredictions predictions) => new(
        file, set.Ids[molecule], MoleculeDrawing.Formula(set.ChargesOf(molecule)),
        _config.Targets.Select((target, t) => (target.Name, Value: predictions.Values[molecule][t]))
            .ToDictionary(pair => pair.Name, pair => pair.Value),
        predictions.Forces?[molecule].Chunk(3).ToArray());

    /// <summary>The molecules of atoms that the network has seen.</summary>
    private MoleculeSet Known(string file, MoleculeSet molecules, List<string> faults)
    {
        var known = new List<int>();
        for (var i = 0; i < molecules.Count; i++)
        {
            if (Fault(molecules.ChargesOf(i), molecules.PositionsOf(i)) is not { } fault) known.Add(i);
            else faults.Add($"'{file}': molecule {molecules.Ids[i]} has an atom {fault}.");
        }
        return known.Count == molecules.Count ? molecules : molecules.Take([.. known]);
    }

    /// <summary>What the network cannot see of a molecule; null where it can.</summary>
    private string? Fault(ReadOnlySpan<byte> charges, ReadOnlySpan<double> positions)
    {
        var place = charges.IndexOfAnyExcept(_species);
        if (place >= 0)
            return $"of nuclear charge {charges[place]} ({Elements.Symbol(charges[place])}); " +
                $"the network knows {string.Join(", ", _model.Species)}";
        foreach (var position in positions)
            if (!(Math.Abs(position) <= FarthestAtom))
                return FormattableString.Invariant($"at {position:G6} Angstrom; expected at most {FarthestAtom:G6}");
        return null;
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _model.Dispose();
}
