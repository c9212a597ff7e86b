using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>What does not change while b systems of n particles move.</summary>
/// <param name="Parameters">Parameters of the particles, shape (b, n, c); the first is the mass.</param>
/// <param name="Mask">True for particles and false for padding, boolean, shape (b, n); null where nothing is
/// padded.</param>
/// <param name="FrameTurns">In training: angles, in radians, shape (b), by which frames are turned while these systems
/// move (<see cref="TurnedFrames"/>); null to take the frames as they are.</param>
public readonly record struct ParticleSystems(Tensor Parameters, Tensor? Mask = null, Tensor? FrameTurns = null)
{
    /// <summary>What networks lift with: nothing is drawn, and at most the frames are turned.</summary>
    internal Draws Draws => FrameTurns is null ? NoDraws.Instance : new TurnedFrames(FrameTurns);

    /// <summary>Masses, shape (b, n); 1 for padding, so that nothing is divided by zero.</summary>
    public Tensor Masses
    {
        get
        {
            var masses = Parameters.select(-1, 0);
            return Mask is null ? masses : masses.masked_fill(Mask.logical_not(), Scalars.Of(1));
        }
    }
}
