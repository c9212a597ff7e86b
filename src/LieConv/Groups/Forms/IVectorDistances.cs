using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Marks groups whose distance is a formula on vectors of numbers, which tables of all pairs take on
/// processors that have such vectors.</summary>
internal interface IVectorDistances
{
    /// <summary>The distances of all pairs by that formula, on any processor: slowly where it has no such vectors.
    /// </summary>
    /// <param name="queries">Elements (g, m, e) and orbits (g, m, q), float32 on the CPU.</param>
    /// <param name="support">Elements (g, n, e) and orbits (g, n, q), n at least 1.</param>
    /// <returns>Distances, shape (g, m, n).</returns>
    Tensor Distances(LiftedElements queries, LiftedElements support);
}
