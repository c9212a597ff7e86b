using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>All points of each packed set as neighbours of each.</summary>
/// <param name="Sets">The sets.</param>
/// <param name="Relative">Relative coordinates [log(v⁻¹u), q_u, q_v] of the pairs, shape (P, d + 2q).</param>
internal readonly record struct PackedNeighborhood(PackedSets Sets, Tensor Relative);
