using static TorchSharp.torch;

namespace LieConv.Models.Graph;

/// <summary>The complete graph of a system's particles, each joined to itself too.</summary>
/// <param name="Nodes">Features of the particles, 0 for padding, shape (b, n, c).</param>
/// <param name="Edges">Features of the edges, the target before the source, shape (b, n, n, c) or one that
/// broadcasts to it.</param>
/// <param name="Globals">Features of the whole graph, shape (b, c) or (1, c).</param>
/// <param name="NodePadding">True for padding, shape (b, n, 1); null where there is none.</param>
/// <param name="EdgePadding">True for edges from or to padding, shape (b, n, n, 1); null where there are none.</param>
internal readonly record struct ParticleGraph(
    Tensor Nodes, Tensor Edges, Tensor Globals, Tensor? NodePadding, Tensor? EdgePadding)
{
    /// <summary>The graph of particles; edges and globals start as ones.</summary>
    /// <param name="features">0 for padding, shape (b, n, c).</param>
    /// <param name="mask">True for particles, shape (b, n); null where nothing is padded.</param>
    public static ParticleGraph Create(Tensor features, Tensor? mask)
    {
        var (dtype, device) = (features.dtype, features.device);
        var padding = mask?.logical_not();
        return new ParticleGraph(
            features, ones([1, 1, 1, 1], dtype: dtype, device: device), ones([1, 1], dtype: dtype, device: device),
            padding?.unsqueeze(-1), padding?.unsqueeze(1).logical_or(padding.unsqueeze(2)).unsqueeze(-1));
    }
}
