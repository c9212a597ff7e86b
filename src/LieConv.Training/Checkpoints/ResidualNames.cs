using LieConv.Layers;
using LieConv.Models;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>The original's names in a residual network on a group and in all that is built around one: of images,
/// molecules and moving particles.</summary>
/// <param name="network">What messages call it.</param>
/// <param name="layers">Residual blocks.</param>
public sealed class ResidualNames(string network, int layers) : IWeightNames
{
    /// <summary>The names, where the original has such blocks.</summary>
    /// <param name="network">What messages call the network.</param>
    /// <param name="layers">Residual blocks.</param>
    /// <param name="block">Its blocks.</param>
    /// <exception cref="ArgumentException">If they attend: one sentence.</exception>
    public static ResidualNames Create(string network, int layers, BlockOptions block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block.Kind == BlockKind.Convolution
            ? new ResidualNames(network, layers)
            : throw new ArgumentException(
                "The blocks attend (model.block.kind is Attention), which the original's do not; expected weights " +
                "under the names of this library, without --original.");
    }

    /// <inheritdoc/>
    public string Network { get; } = network;

    /// <inheritdoc/>
    public string Landmark => "net.0.module.weight";

    /// <inheritdoc/>
    public string ToOriginal(string name) => OriginalStateDict.FromOurs(name, layers);

    /// <inheritdoc/>
    public string? SecondName(string original) => OriginalStateDict.SecondName(original);

    /// <inheritdoc/>
    public bool IsLeftOut(string original) => OriginalStateDict.IsRedundant(original);

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Unread(IReadOnlyDictionary<string, Tensor> ours) =>
        new Dictionary<string, Tensor>();
}
