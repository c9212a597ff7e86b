using LieConv.Dynamics;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>Makes trajectories from the seed of the options.</summary>
internal sealed class TrajectoryGenerator(DynamicalSystem system, DynamicsDataOptions options)
{
    /// <summary>The original subtracts the mean momentum of this many systems; fixed groups keep a small set the
    /// beginning of a large one.</summary>
    private const int PaperGroup = 5000;

    /// <summary>Systems that are moved at once: their states stay in the processor's cache.</summary>
    private const int Block = 500;

    /// <summary>Keeps the choice of chunks apart from the initial states of the same part.</summary>
    private const ulong ChunkPurpose = 0x1_0000;

    /// <summary>Times of a whole trajectory; in the paper's data they reach to Points · TimeStep inclusive, so that they
    /// are a little further apart.</summary>
    public double[] Times { get; } = [.. Enumerable.Range(0, options.Points).Select(i => options.Paper
        ? i * (options.Points * options.TimeStep / (options.Points - 1)) : i * options.TimeStep)];

    /// <summary>Chunks of a trajectory.</summary>
    private long ChunkCount => options.Points / options.ChunkLength;

    /// <summary>The chunk of each trajectory of a part for an epoch; epoch 0 is that of a fixed choice.</summary>
    public long[] ChunksOf(DataPart part, int count, long epoch) =>
        new SystemDraws(options.Seed, (ulong)part + ChunkPurpose * (ulong)(epoch + 1), 0, count).Below(ChunkCount);

    /// <summary>States (N, T, 2, n, D) and parameters (N, n, c): the fixed chunk of each trajectory, or whole ones.
    /// </summary>
    public (Tensor States, Tensor Parameters) Make(DataPart part, int count, bool whole)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var (initial, parameters) = Initial(part, count);
        var chunks = whole ? null : ChunksOf(part, count, 0);
        var blocks = new List<Tensor>();
        for (var first = 0; first < count; first += Block)
        {
            var size = Math.Min(Block, count - first);
            var systems = new ParticleSystems(parameters.narrow(0, first, size));
            blocks.Add(Move(initial.narrow(0, first, size), systems, chunks?.AsSpan(first, size).ToArray()));
        }
        return (scope.MoveToOuter(cat(blocks)), scope.MoveToOuter(parameters));
    }

    private InitialStates Initial(DataPart part, int count)
    {
        if (!options.Paper)
            return system.Sampler(
                new SystemDraws(options.Seed, (ulong)part, 0, count), options.Particles, options.Dimensions);
        List<InitialStates> groups = [];
        for (var first = 0; first < count; first += PaperGroup)
            groups.Add(system.PaperSampler!(
                new SystemDraws(options.Seed, (ulong)part, first, PaperGroup), options.Particles, options.Dimensions));
        return new(
            cat([.. groups.Select(group => group.State)]).narrow(0, 0, count),
            cat([.. groups.Select(group => group.Parameters)]).narrow(0, 0, count).contiguous());
    }

    private Tensor Move(Tensor initial, ParticleSystems systems, long[]? chunks)
    {
        using var scope = NewDisposeScope();
        if (system.Motion is not null && !options.Paper)
            return scope.MoveToOuter(system.Motion(initial, systems, TimesOf(initial.shape[0], chunks)));
        var points = chunks is null ? options.Points : (int)(chunks.Max() + 1) * options.ChunkLength;
        var (field, times) = (system.Field(systems), Times[..points]);
        var states = options.Paper
            ? Integration.OneStepPerPoint(field, initial, times)
            : Integration.Accurate(field, initial, times);
        if (chunks is null) return scope.MoveToOuter(states);
        using var all = new TrajectorySet(tensor(times), states, systems.Parameters);
        using var chosen = all.Chunks(options.ChunkLength, chunks);
        return scope.MoveToOuter(chosen.States.alias());
    }

    private Tensor TimesOf(long count, long[]? chunks)
    {
        var grid = tensor(Times);
        if (chunks is null) return grid.expand(count, -1);
        var starts = tensor(chunks).unsqueeze(-1) * Scalars.Of(options.ChunkLength);
        return grid[starts + arange(Scalars.Of(options.ChunkLength), dtype: ScalarType.Int64)];
    }
}
