using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>A network that tells how systems of particles move: states to their time derivatives.</summary>
/// <remarks>forward(state, systems): states (b, 2, n, D) to dz/dt of the same shape, 0 for padding.</remarks>
/// <param name="name">Name of the module.</param>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public abstract class DynamicsNetwork(string name) : nn.Module<Tensor, ParticleSystems, Tensor>(name)
{
    /// <summary>Dimension D of the space that the particles move in.</summary>
    public abstract int Dimensions { get; }

    /// <summary>Numbers c that describe a particle; the first is its mass.</summary>
    public abstract int Parameters { get; }

    /// <summary>Whether the network sees systems from frames of their own, which
    /// <see cref="ParticleSystems.FrameTurns"/> may turn.</summary>
    public bool HasFrames { get; protected init; }

    /// <summary>Whether adding one vector to all positions of a system changes nothing, so that they may be centred
    /// where they are known best.</summary>
    public bool IsTranslationInvariant { get; protected init; }

    /// <summary>The vector field for given systems. Where a state is no longer finite, neither is its derivative, and the
    /// other systems do not notice.</summary>
    public VectorField Field(ParticleSystems systems) => (_, state) => LostStates.Slope(this, state, systems);
}
