using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>How the original PyTorch code names the parameters of a network, one to one with ours.</summary>
public interface IWeightNames
{
    /// <summary>What messages call the network, after "the original's".</summary>
    string Network { get; }

    /// <summary>A key that each of the original's networks of the kind has; what stands before it wraps the
    /// network.</summary>
    string Landmark { get; }

    /// <summary>The original's name of one of our parameters.</summary>
    /// <exception cref="ArgumentException">If the network has no such parameter.</exception>
    string ToOriginal(string name);

    /// <summary>The second name under which the original lists the same tensor; null for most.</summary>
    string? SecondName(string original);

    /// <summary>Whether a tensor of the original repeats another or is read by nothing: it is left out when
    /// reading.</summary>
    bool IsLeftOut(string original);

    /// <summary>What the original's state has beside ours and reads nowhere, as zeros, so that it loads with
    /// strict=True.</summary>
    /// <param name="ours">Our state.</param>
    /// <returns>Fresh tensors by the original's names; mostly none.</returns>
    IReadOnlyDictionary<string, Tensor> Unread(IReadOnlyDictionary<string, Tensor> ours);
}
