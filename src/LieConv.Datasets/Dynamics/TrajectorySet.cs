using LieConv.Dynamics;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>Trajectories of N systems at T times, float64, on the CPU.</summary>
public sealed class TrajectorySet : IDisposable
{
    /// <summary>Wraps tensors. They stay the caller's; the set shares their memory.</summary>
    /// <param name="times">Times from the start of a trajectory, float64, shape (T).</param>
    /// <param name="states">Positions and momenta, float64, shape (N, T, 2, n, D).</param>
    /// <param name="parameters">Parameters of the particles, float64, shape (N, n, c).</param>
    /// <param name="mask">True for particles, shape (N, n); null where nothing is padded.</param>
    /// <exception cref="ArgumentException">A shape or type is not as described.</exception>
    public TrajectorySet(Tensor times, Tensor states, Tensor parameters, Tensor? mask = null)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(parameters);
        Require(times, nameof(times), "(T)", times.dim() == 1, ScalarType.Float64);
        Require(states, nameof(states), $"(N, {times.shape[0]}, 2, n, D)",
            states.dim() == 5 && states.shape[1] == times.shape[0] && states.shape[2] == 2, ScalarType.Float64);
        var (count, particles) = (states.shape[0], states.shape[3]);
        Require(parameters, nameof(parameters), $"({count}, {particles}, c)",
            parameters.dim() == 3 && parameters.shape[0] == count && parameters.shape[1] == particles,
            ScalarType.Float64);
        if (mask is not null)
            Require(mask, nameof(mask), $"({count}, {particles})", mask.shape.SequenceEqual([count, particles]),
                ScalarType.Bool);

        Times = times.alias().DetachFromDisposeScope();
        States = states.alias().DetachFromDisposeScope();
        Parameters = parameters.alias().DetachFromDisposeScope();
        Mask = mask?.alias().DetachFromDisposeScope();
    }

    /// <summary>Times from the start of a trajectory or chunk, float64, shape (T); the first is 0.</summary>
    public Tensor Times { get; }

    /// <summary>Positions and momenta, float64, shape (N, T, 2, n, D).</summary>
    public Tensor States { get; }

    /// <summary>Parameters of the particles, float64, shape (N, n, c); the first is the mass.</summary>
    public Tensor Parameters { get; }

    /// <summary>True for particles and false for padding, shape (N, n); null where nothing is padded.</summary>
    public Tensor? Mask { get; }

    /// <summary>Trajectories N.</summary>
    public long Count => States.shape[0];

    /// <summary>Times T.</summary>
    public long Length => Times.shape[0];

    /// <summary>All systems, sharing this set's memory.</summary>
    public ParticleSystems Systems() => new(Parameters, Mask);

    /// <summary>Some systems, as copies of the caller's.</summary>
    /// <param name="indices">Which, int64, shape (b).</param>
    public ParticleSystems Systems(Tensor indices) =>
        new(Parameters.index_select(0, indices), Mask?.index_select(0, indices));

    /// <summary>One chunk of each trajectory, with times counted from the chunk's start.</summary>
    /// <remarks>Chunks lie end to end from the first point; points that do not fill a last chunk are left out.</remarks>
    /// <param name="length">Time points of a chunk.</param>
    /// <param name="chunks">Which chunk of each trajectory, from 0 to T / length - 1, rounded down; length N.</param>
    /// <returns>A set of copies, States of shape (N, length, 2, n, D).</returns>
    /// <exception cref="ArgumentException">There is not one chunk for each trajectory, or no such chunk.</exception>
    public TrajectorySet Chunks(int length, ReadOnlySpan<long> chunks)
    {
        if (length < 1 || length > Length)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"Trajectories have {Length} points.");
        if (chunks.Length != Count)
            throw new ArgumentException($"There are {chunks.Length} chunks for {Count} trajectories.", nameof(chunks));
        foreach (var chunk in chunks)
        {
            if (chunk < 0 || chunk >= Length / length)
                throw new ArgumentException(
                    $"Chunk {chunk} was asked for; there are {Length / length}, counted from 0.", nameof(chunks));
        }

        using var scope = NewDisposeScope();
        var starts = tensor(chunks.ToArray(), dtype: ScalarType.Int64) * Scalars.Of(length);
        var points = starts.unsqueeze(-1) + arange(Scalars.Of(length), dtype: ScalarType.Int64);        // (N, length)
        var own = arange(Scalars.Of(Count), dtype: ScalarType.Int64).unsqueeze(-1);
        return new TrajectorySet(Times.narrow(0, 0, length) - Times[0], States.index([own, points]), Parameters, Mask);
    }

    /// <summary>Lets go of the tensors.</summary>
    public void Dispose()
    {
        Times.Dispose();
        States.Dispose();
        Parameters.Dispose();
        Mask?.Dispose();
    }

    private static void Require(Tensor tensor, string name, string pattern, bool fits, ScalarType type)
    {
        if (!fits || tensor.dtype != type)
            throw new ArgumentException(
                $"{name} is {tensor.dtype} of shape ({string.Join(", ", tensor.shape)}); expected {type} of shape " +
                $"{pattern}.", name);
    }
}
