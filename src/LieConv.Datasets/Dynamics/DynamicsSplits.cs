namespace LieConv.Datasets.Dynamics;

/// <summary>The parts of a set of trajectories, drawn independently.</summary>
public sealed class DynamicsSplits : IDisposable
{
    private readonly int _chunkLength;
    private readonly Func<long, long[]> _chunksOfEpoch;

    internal DynamicsSplits(
        TrajectorySet train, TrajectorySet? validation, TrajectorySet test, TrajectorySet rollouts,
        TrajectorySet? trainTrajectories, string description, int chunkLength, Func<long, long[]> chunksOfEpoch)
    {
        (Train, Validation, Test, Rollouts) = (train, validation, test, rollouts);
        (TrainTrajectories, Description) = (trainTrajectories, description);
        (_chunkLength, _chunksOfEpoch) = (chunkLength, chunksOfEpoch);
    }

    /// <summary>One chunk of each training trajectory; times count from the chunk's start.</summary>
    public TrajectorySet Train { get; }

    /// <summary>One chunk of each validation trajectory, or null where none were asked for.</summary>
    public TrajectorySet? Validation { get; }

    /// <summary>One chunk of each test trajectory.</summary>
    public TrajectorySet Test { get; }

    /// <summary>The first test trajectories, whole.</summary>
    public TrajectorySet Rollouts { get; }

    /// <summary>The training trajectories, whole; null unless fresh chunks were asked for.</summary>
    public TrajectorySet? TrainTrajectories { get; }

    /// <summary>What the data are, for people: belongs beside every result.</summary>
    public string Description { get; }

    /// <summary>Numbers c that describe a particle.</summary>
    public int Parameters => (int)Train.Parameters.shape[2];

    /// <summary>The training chunks of an epoch: drawn anew for each epoch where fresh chunks were asked for, else
    /// always <see cref="Train"/>. A function of the seed and the epoch alone.</summary>
    /// <param name="epoch">The epoch, from 0; epoch 0 has the chunks of <see cref="Train"/>.</param>
    /// <returns>A set that the caller disposes.</returns>
    public TrajectorySet TrainChunks(long epoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        return TrainTrajectories is null
            ? new TrajectorySet(Train.Times, Train.States, Train.Parameters, Train.Mask)
            : TrainTrajectories.Chunks(_chunkLength, _chunksOfEpoch(epoch));
    }

    /// <summary>Lets go of all parts.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation?.Dispose();
        Test.Dispose();
        Rollouts.Dispose();
        TrainTrajectories?.Dispose();
    }
}
