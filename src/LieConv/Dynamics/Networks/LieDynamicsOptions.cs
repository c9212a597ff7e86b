using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Models;
using LieConv.Neighbours;

namespace LieConv.Dynamics.Networks;

/// <summary>The shape of the residual networks that learn dynamics, <see cref="LieHamiltonian"/> and
/// <see cref="LieDynamics"/>.</summary>
public sealed record LieDynamicsOptions
{
    /// <summary>Numbers c that describe a particle; the first is its mass.</summary>
    /// <value>2</value>
    public int Parameters { get; init; } = 2;

    /// <summary>Channels of the values in all blocks, at least 4.</summary>
    /// <value>384</value>
    public int Channels { get; init; } = 384;

    /// <summary>Channels before each block and after the last, Layers + 1 numbers that do not fall, instead of
    /// <see cref="Channels"/>; null for these everywhere.</summary>
    /// <value>null</value>
    public IReadOnlyList<int>? BlockChannels { get; init; }

    /// <summary>Residual blocks.</summary>
    /// <value>4</value>
    public int Layers { get; init; } = 4;

    /// <summary>Neighbours of a particle at most, the nearest; 0 for all. All is the right choice for few particles:
    /// a choice makes the energy jump where it changes.</summary>
    /// <value>0</value>
    public int NearestCount { get; init; }

    /// <summary>Lifts of a particle; more than one only where the group has a stabilizer, and without effect there,
    /// since a frame lifts each particle once.</summary>
    /// <value>1</value>
    public int LiftSamples { get; init; } = 1;

    /// <summary>Without effect: frames always belong to the whole system, since those of single particles end where its
    /// neighbourhood is symmetric. Kept for the configurations of before.</summary>
    /// <value>true</value>
    public bool SharedLift { get; init; } = true;

    /// <summary>Whether systems are seen from frames of their own where the group rotates
    /// (<see cref="LieResNetOptions.WeightedFrames"/>), which makes an energy smooth and exactly invariant. False is
    /// the original's lift, by azimuths about the origin, for groups that lift a point in one way: an energy then jumps
    /// where two particles are opposite, and one at the centre, whose azimuth is 0, makes it change in rotations.</summary>
    /// <value>true</value>
    public bool Frames { get; init; } = true;

    /// <summary>Whether positions are taken relative to the mean of the particles' positions.</summary>
    /// <value>true</value>
    public bool Centred { get; init; } = true;

    /// <summary>Whether sums over neighbours and over the system are means. Sums make an energy that grows with the
    /// number of particles.</summary>
    /// <value>true</value>
    public bool Mean { get; init; } = true;

    /// <summary>Whether to use batch normalisation. In training it makes the motion of each system depend on the others
    /// of its batch, so that their energies are no single systems'; in evaluation it does not.</summary>
    /// <value>false</value>
    public bool BatchNorm { get; init; }

    /// <summary>Weight of the newest batch in the running statistics of batch norms, from 0 to 1.</summary>
    /// <value>0.1</value>
    public double NormMomentum { get; init; } = MaskedBatchNorm.Momentum;

    /// <summary>The nonlinearity. Forces are derivatives of it: those of ReLU jump.</summary>
    /// <value>Swish</value>
    public Activation Activation { get; init; } = Activation.Swish;

    /// <summary>All that is wrong with the options, one sentence each.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Parameters < 1) errors.Add($"Parameters is {Parameters}; expected at least 1, the mass.");
        if (NearestCount < 0) errors.Add($"NearestCount is {NearestCount}; expected 0 for all particles, or more.");
        if (BlockLists.Error(nameof(BlockChannels), BlockChannels, Layers + 1, "Layers + 1") is { } list)
            errors.Add(list);
        if (errors.Count == 0) errors.AddRange(Network(Parameters, 1, pool: true).Validate());
        return errors;
    }

    /// <summary>Refuses a lift that would have to be drawn.</summary>
    internal void CheckLift(LieGroup group)
    {
        if (!Frames && group.HasStabilizer)
            throw new ArgumentException(
                $"Frames is false, but {group} lifts a particle in many ways, of which one would have to be drawn; " +
                "expected true.");
    }

    /// <summary>The residual network: nothing is drawn at random, so that the energy is one function.</summary>
    internal LieResNetOptions Network(int inputs, int outputs, bool pool) => new()
    {
        Inputs = inputs, Outputs = outputs, Pool = pool, Layers = Layers,
        Channels = BlockChannels ?? [Channels],
        Neighborhood = NearestCount == 0 ? NeighborhoodKind.Everything : NeighborhoodKind.Nearest,
        SampleCount = Math.Max(NearestCount, 1), FillFractions = [1], LiftSamples = LiftSamples, FramedLift = Frames,
        OriginalLiftSteps = !Frames, SharedLift = SharedLift, BatchNorm = BatchNorm, NormMomentum = NormMomentum, Mean = Mean,
        Activation = Activation,
    };
}
