using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>A network that predicts properties of whole molecules.</summary>
/// <remarks>forward(batch, draws): b molecules to numbers of shape (b, <see cref="Outputs"/>); neither padding nor the
/// order of the atoms matters.</remarks>
/// <param name="name">Name of the module.</param>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public abstract class MolecularNetwork(string name) : nn.Module<MoleculeBatch, Draws, Tensor>(name)
{
    /// <summary>Numbers that the network returns for a molecule.</summary>
    public abstract int Outputs { get; }

    /// <summary>Nuclear charges of the atoms that the network knows, in the order of its input channels.</summary>
    public abstract IReadOnlyList<int> Species { get; }

    /// <summary>Whether moving a molecule without turning it changes nothing, so that its positions may be centred where
    /// they are known best.</summary>
    public bool IsTranslationInvariant { get; protected init; }
}
