using LieConv.Dynamics.Networks;
using LieConv.Lifting;
using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Runs;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>The network of a run on moving particles as one file, and a run from such a file.</summary>
public static class DynamicsWeights
{
    private const string FramesKey = "model.block.frames";

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
        var config = DynamicsConfig.Read(folder.Config);
        var count = RunWeights.Export(folder, checkpoint, file, original ? Names(config) : null, config.Identity());
        if (original && SeesFrames(config))
            log($"The original has no frames for {config.Group}: there the weights give another motion.");
        return count;
    }

    /// <summary>Makes a run whose last checkpoint holds the weights of a file; it counts as trained to the
    /// end.</summary>
    /// <param name="file">A safetensors file.</param>
    /// <param name="config">The network and the data that the weights belong to.</param>
    /// <param name="runPath">The folder to make.</param>
    /// <param name="original">Whether the names are those of the original PyTorch code.</param>
    /// <param name="log">Told what is loaded.</param>
    /// <exception cref="InvalidDataException">If the file is damaged or belongs to another network; then no folder is
    /// made.</exception>
    public static void Import(string file, DynamicsConfig config, string runPath, bool original, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(log);
        using var contents = Safetensors.Read(file);
        if (original && !FormerKey.Translate(contents.Metadata, config.FormerKeys).ContainsKey(FramesKey))
            config = WithOriginalLift(config, log);
        RunWeights.Try(
            contents, DynamicsRun.CreateNetwork(config), config.Train.Dtype, original ? Names(config) : null, file);
        using var run = DynamicsRun.Start(
            config, runPath, log,
            made => RunWeights.Copy(contents, made, original ? Names(made.Config) : null, file, log));
        RunWeights.SaveAsTrained(run, file);
    }

    /// <summary>The original's names for the network of a configuration.</summary>
    public static IWeightNames Names(DynamicsConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var known = DynamicsNetworks.Find(config.Network);
        return known.HasGroup
            ? ResidualNames.Create(known.Name, config.Model.Layers, config.Model.Block)
            : new BaselineNames(known.Name, config.Model.Layers, config.Data.Dimensions);
    }

    /// <summary>The original lifts in one way by azimuth, and draws where there are many, which a motion here never
    /// does.</summary>
    private static DynamicsConfig WithOriginalLift(DynamicsConfig config, Action<string> log)
    {
        if (DynamicsNetworks.GroupOf(config.Network, config.Group, config.Data.Dimensions) is not { } group)
            return config;
        if (!group.HasStabilizer) return config with
        {
            Model = config.Model with { Block = config.Model.Block with { Frames = FrameChoice.Sampled } },
        };
        log($"The original draws lifts for {group} at random, a motion here sees frames of the system instead: its " +
            "predictions are not the original's.");
        return config;
    }

    private static bool SeesFrames(DynamicsConfig config)
    {
        if (config.Model.Block.Frames == FrameChoice.Sampled ||
            DynamicsNetworks.GroupOf(config.Network, config.Group, config.Data.Dimensions) is not { } group) return false;
        using var network = new LieHamiltonian(group, new LieDynamicsOptions { Channels = 4, Layers = 1 });
        return network.HasFrames;
    }
}
