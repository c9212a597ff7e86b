using System.Text.Json;
using LieConv.Datasets.Molecules;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Runs;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>The network of a run on molecules as one file, and a run from such a file.</summary>
public static class MoleculeWeights
{
    /// <summary>What the network's numbers mean, noted in the file beside the weights.</summary>
    private const string TargetsKey = "targets";

    private const string SumPoolingKey = "model.sumPooling";

    /// <summary>Choices that earlier files do not know.</summary>
    private static readonly string[] LaterKeys =
    [
        "model.summedOutputs", "model.sumDivisor", "model.dipoleOutputs", "model.block.radialBasis",
        "model.block.radialCutoff", "model.block.radialOnly",
    ];

    /// <summary>Writes a checkpoint's parameters and statistics, without the optimiser, to a safetensors
    /// file.</summary>
    /// <param name="runPath">Folder of a run.</param>
    /// <param name="checkpoint">Its checkpoint, or null for the best, and without one the last.</param>
    /// <param name="file">The file to make.</param>
    /// <param name="original">Whether to use the names of the original PyTorch code.</param>
    /// <param name="log">Told where the original computes something else with the same weights.</param>
    /// <returns>Tensors written.</returns>
    /// <exception cref="InvalidDataException">If the run or its checkpoint is damaged.</exception>
    public static int Export(string runPath, string? checkpoint, string file, bool original, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var folder = RunFolder.Open(runPath);
        var config = MoleculeConfig.Read(folder.Config);
        var metadata = new Dictionary<string, string>(config.Identity())
        {
            [TargetsKey] = JsonSerializer.Serialize(config.Targets, JsonFormat.Line),
        };
        var count = RunWeights.Export(folder, checkpoint, file, original ? Names(config) : null, metadata);
        if (original && config.Model.Block.Frames != FrameChoice.Sampled)
            log($"The original has no frames (model.block.frames is {config.Model.Block.Frames}): there the weights give other " +
                "predictions.");
        if (original && (config.Model.Block.RadialBasis > 0 || config.Model.DipoleOutputs is not null))
            log("The original's kernels do not read distances, nor are its numbers of atoms charges (model.block.radialBasis " +
                "or model.dipoleOutputs is set): there the weights do not fit, or give other predictions.");
        return count;
    }

    /// <summary>Makes a run whose last checkpoint holds the weights of a file; it counts as trained to the end. Mean and
    /// scale of the targets are those that the file notes, and else those of the training molecules, as in the
    /// original.</summary>
    /// <param name="file">A safetensors file.</param>
    /// <param name="config">The network and the data that the weights belong to.</param>
    /// <param name="runPath">The folder to make.</param>
    /// <param name="original">Whether the names are those of the original PyTorch code.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the file is damaged or belongs to another network; then no folder is
    /// made.</exception>
    public static void Import(string file, MoleculeConfig config, string runPath, bool original, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        using var contents = Safetensors.Read(file);
        var scales = Scales(contents, config, file);
        config = AsExported(config, contents, scales?.Length ?? 1);
        Try(contents, config, original, file);
        using var run = MoleculeRun.Start(
            config, runPath, log, scales,
            made => RunWeights.Copy(contents, made, original ? Names(made.Config) : null, file, log));
        RunWeights.SaveAsTrained(run, file);
    }

    /// <summary>The configuration with what the file notes of choices that shape a network's numbers, and nothing of them that
    /// it does not know: files of before them, and the original's.</summary>
    private static MoleculeConfig AsExported(MoleculeConfig config, SafetensorsContents contents, int outputs)
    {
        var sums = contents.Metadata.TryGetValue(SumPoolingKey, out var said)
            ? bool.TryParse(said, out var value) && value
            : config.Model.SumPooling || (config.SumExtensive && MoleculeTargets.TryFind(config.Target)?.IsExtensive == true);
        var usual = ConfigFile.Flatten(new MolecularNetworkOptions(), "model");
        return ConfigEditor.Apply(
            config with
            {
                SumExtensive = false, CompositionReferences = false, DipoleHead = false,
                Model = config.Model with { Outputs = outputs, SumPooling = sums },
            },
            LaterKeys.Select(key => $"{key}={contents.Metadata.GetValueOrDefault(key, usual[key])}"));
    }

    /// <summary>The original's names for the network of a configuration.</summary>
    public static IWeightNames Names(MoleculeConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var known = MolecularNetworks.Find(config.Network);
        return known.HasGroup
            ? ResidualNames.Create(known.Name, config.Model.Layers, config.Model.Block)
            : new BaselineNames(known.Name, config.Model.Layers, 3);
    }

    /// <summary>Compares weights and network before the molecules are read, which decide only how many species there
    /// are, and how many targets.</summary>
    private static void Try(SafetensorsContents contents, MoleculeConfig config, bool original, string file)
    {
        if (config.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
        var network = Network(1);
        using var other = Network(2);
        using var scope = NewDisposeScope();
        var (few, more) = (network.state_dict(), other.state_dict());
        RunWeights.Try(
            contents, network, config.Train.Dtype, original ? Names(config) : null, file,
            few.Keys.Where(name => !few[name].shape.SequenceEqual(more[name].shape)).ToHashSet());

        MolecularNetwork Network(int count) => (config with
        {
            Model = config.Model with
            {
                Species = [.. Enumerable.Range(1, count)], Outputs = count, SummedOutputs = null, DipoleOutputs = null,
            },
        }).CreateNetwork();
    }

    private static TargetScale[]? Scales(SafetensorsContents contents, MoleculeConfig config, string file)
    {
        if (!contents.Metadata.TryGetValue(TargetsKey, out var text)) return null;
        TargetScale[]? scales;
        try
        {
            scales = JsonSerializer.Deserialize<TargetScale[]>(text, JsonFormat.Line);
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"'{file}': its note of the targets cannot be read.", damage);
        }
        if (scales is not { Length: > 0 } || scales.Any(scale =>
            scale?.Name is null || !scale.IsFinite))
            throw new InvalidDataException(
                $"'{file}': its note of the targets must give each a name, a finite mean and a scale above 0.");
        var isAll = string.Equals(config.Target, MoleculeConfig.AllTargets, StringComparison.OrdinalIgnoreCase);
        if (isAll || (scales.Length == 1 && string.Equals(scales[0].Name, config.Target, StringComparison.OrdinalIgnoreCase)))
            return scales;
        throw new ArgumentException(
            $"'{file}' holds a network for {string.Join(", ", scales.Select(scale => scale.Name))}, not for " +
            $"{config.Target}; expected the target that it learnt.");
    }
}
