using LieConv.Dynamics.Networks;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>The original's names in the baselines: fully connected and graph networks, of moving particles and of
/// molecules.</summary>
/// <param name="network">The network's short name, such as HOGN.</param>
/// <param name="layers">Its layers.</param>
/// <param name="dimensions">Dimension of the space.</param>
public sealed class BaselineNames(string network, int layers, int dimensions) : IWeightNames
{
    private const string Head = "head.weight";

    /// <summary>Where the original's VOGN makes the heads it inherits it says neither size, so that they have these.</summary>
    private const int UsualDimensions = 2, UsualChannels = 64;

    // The original's graph networks that learn an energy inherit the heads of the one that learns the motion.
    private static readonly string[] UnreadHeads = ["qlinear", "plinear"];

    /// <inheritdoc/>
    public string Network => network;

    /// <inheritdoc/>
    public string Landmark => network is FullyConnectedDynamics.ShortName or FullyConnectedHamiltonian.ShortName
        ? "net.0.0.weight"
        : "gnlayers.0.layer.edge_model.edge_mlp.0.weight";

    /// <inheritdoc/>
    public string ToOriginal(string name) => OriginalDynamicsNames.FromOurs(name, layers);

    /// <inheritdoc/>
    public string? SecondName(string original) => null;

    /// <inheritdoc/>
    public bool IsLeftOut(string original) => OriginalDynamicsNames.IsUnused(network, original);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Unread(IReadOnlyDictionary<string, Tensor> ours)
    {
        ArgumentNullException.ThrowIfNull(ours);
        var unread = new Dictionary<string, Tensor>();
        var isVogn = network == GraphPotential.ShortName;
        var rows = isVogn ? UsualDimensions : dimensions;
        foreach (var head in UnreadHeads.Where(head => IsLeftOut(head + ".weight")))
        {
            unread[head + ".weight"] = zeros([rows, isVogn ? UsualChannels : ours[Head].shape[1]], ours[Head].dtype);
            unread[head + ".bias"] = zeros([rows], ours[Head].dtype);
        }
        return unread;
    }
}
