using LieConv.Datasets.Molecules;
using LieConv.Molecules;
using LieConv.Training.Configuration;
using LieConv.Training.Reports;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Molecules;

/// <summary>A trained network that predicts properties of molecules from files; it needs none of its data.</summary>
public sealed class MoleculePrediction : IDisposable
{
    private static readonly string[] Extensions = [".xyz", ".sdf"];

    /// <summary>No coordinate of a molecule is larger, in Angstrom: a tenth of a meter, of whose differences float64
    /// still keeps seven digits behind the point.</summary>
    private const double FarthestAtom = 1e9;

    private readonly MoleculeConfig _config;
    private readonly MolecularNetwork _model;

    private MoleculePrediction(MoleculeConfig config, MolecularNetwork model) => (_config, _model) = (config, model);

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

    /// <summary>The targets, in the order of the columns.</summary>
    public IReadOnlyList<TargetScale> Targets => _config.Targets;

    /// <summary>The molecule files that a path means: itself, or those of a folder in the order of their names.</summary>
    /// <exception cref="ArgumentException">If there is nothing of that name, or no such file in the folder.</exception>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path))
            throw new ArgumentException($"There is no file or folder '{path}'; expected .xyz or .sdf files.");
        var files = Directory.EnumerateFiles(path)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal).ToArray();
        return files.Length > 0
            ? files
            : throw new ArgumentException($"The folder '{path}' has no .xyz or .sdf file.");
    }

    /// <summary>Predicts for all molecules of a file.</summary>
    /// <exception cref="InvalidDataException">If the file is damaged or has an element that the network has not seen: one
    /// sentence that names file and line or molecule.</exception>
    public IReadOnlyList<PredictedMolecule> Predict(string file, CancellationToken interruption)
    {
        var molecules = MoleculeFile.Read(file);
        for (var i = 0; i < molecules.Count; i++)
        {
            foreach (var place in molecules.PositionsOf(i))
                if (Math.Abs(place) > FarthestAtom)
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"'{file}': molecule {i + 1} has an atom at {place:G6} Angstrom; expected at most {FarthestAtom:G6}."));
            foreach (var charge in molecules.ChargesOf(i))
                if (!_model.Species.Contains(charge))
                    throw new InvalidDataException($"'{file}': molecule {i + 1} has an atom of nuclear charge {charge}; " +
                        $"the network knows {string.Join(", ", _model.Species)}.");
        }
        var part = new MoleculePart(
            molecules, [], _config.Train.Dtype, CPU, _model.IsTranslationInvariant);
        var predictions = new MoleculePredictor(_model, _config).Predict(
            part, MoleculeTransform.None, 1, _config.ForceWeight > 0, (_, _) => { }, interruption);
        return [.. Enumerable.Range(0, molecules.Count).Select(i => new PredictedMolecule(
            file, i + 1, MoleculeDrawing.Formula(molecules.ChargesOf(i)),
            _config.Targets.Select((target, t) => (target.Name, Value: predictions.Values[i][t]))
                .ToDictionary(pair => pair.Name, pair => pair.Value),
            predictions.Forces?[i].Chunk(3).ToArray()))];
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => _model.Dispose();
}
