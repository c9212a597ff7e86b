using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>Trajectories of systems of particles, made from a seed and kept in a file.</summary>
public static class DynamicsData
{
    /// <summary>Makes the data, or reads them where the same were made before.</summary>
    /// <param name="options">System, sizes, seed and folder.</param>
    /// <param name="log">Takes lines about what is done, for people.</param>
    /// <returns>The parts; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The options are wrong.</exception>
    public static DynamicsSplits Load(DynamicsDataOptions options, Action<string>? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors));

        var generator = new TrajectoryGenerator(DynamicalSystems.Find(options.System), options);
        var cache = new TrajectoryCache(options);
        using (var kept = cache.TryRead(log))
        {
            if (kept is not null)
            {
                log?.Invoke($"Reading {cache.FilePath}.");
                return Assemble(kept.Tensors, generator, options, log);
            }
        }

        using var scope = NewDisposeScope();
        log?.Invoke($"Making trajectories of '{options.System}'.");
        var made = Make(generator, options);
        cache.TryWrite(made, log);
        return Assemble(made, generator, options, log);
    }

    /// <summary>Makes trajectories of a system of one's own. They are not kept: its code is not part of a file's name.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="options">Sizes and seed; the name of the system in them is not used.</param>
    /// <param name="log">Takes lines about what is done, for people.</param>
    /// <returns>The parts; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">The options are wrong, or ask for a paper's data that the system does not
    /// have.</exception>
    public static DynamicsSplits Make(DynamicalSystem system, DynamicsDataOptions options, Action<string>? log = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(options);
        if (options.ValidateNumbers() is { Count: > 0 } errors) throw new ArgumentException(string.Join(' ', errors));
        if (options.Paper && system.PaperSampler is null)
            throw new ArgumentException($"Paper is true, but no paper has data of '{system.Name}'.");

        using var scope = NewDisposeScope();
        var named = options with { System = system.Name };
        var generator = new TrajectoryGenerator(system, named);
        return Assemble(Make(generator, named), generator, named, log);
    }

    private static Dictionary<string, Tensor> Make(TrajectoryGenerator generator, DynamicsDataOptions options)
    {
        var tensors = new Dictionary<string, Tensor>();
        Add("train", DataPart.Train, options.TrainCount, options.FreshChunks);
        if (options.ValidationCount > 0) Add("validation", DataPart.Validation, options.ValidationCount, false);
        Add("test", DataPart.Test, options.TestCount, false);
        Add("rollouts", DataPart.Test, Math.Min(options.RolloutCount, options.TestCount), true);
        return tensors;

        void Add(string name, DataPart part, int count, bool whole) =>
            (tensors[name + ".states"], tensors[name + ".parameters"]) = generator.Make(part, count, whole);
    }

    private static DynamicsSplits Assemble(
        IReadOnlyDictionary<string, Tensor> tensors, TrajectoryGenerator generator, DynamicsDataOptions options,
        Action<string>? log)
    {
        using var scope = NewDisposeScope();
        var times = tensor(generator.Times);
        var all = options.FreshChunks ? Part("train") : null;
        var splits = new DynamicsSplits(
            all?.Chunks(options.ChunkLength, generator.ChunksOf(DataPart.Train, options.TrainCount, 0)) ?? Part("train"),
            options.ValidationCount > 0 ? Part("validation") : null, Part("test"), Part("rollouts"), all,
            Describe(options), options.ChunkLength,
            epoch => generator.ChunksOf(DataPart.Train, options.TrainCount, epoch));
        log?.Invoke("Data: " + splits.Description);
        return splits;

        TrajectorySet Part(string name)
        {
            var states = tensors[name + ".states"];
            return new TrajectorySet(times.narrow(0, 0, states.shape[1]), states, tensors[name + ".parameters"]);
        }
    }

    private static string Describe(DynamicsDataOptions options) =>
        FormattableString.Invariant(
            $"{options.TrainCount} training, {options.ValidationCount} validation and {options.TestCount} test ") +
        $"trajectories of '{options.System}', {options.Particles} particles in {options.Dimensions} dimensions, " +
        FormattableString.Invariant($"{options.Points} points {options.TimeStep} apart in chunks of ") +
        FormattableString.Invariant($"{options.ChunkLength}, seed {options.Seed}") +
        (options.Paper ? ", made as in the paper." : ".");
}
