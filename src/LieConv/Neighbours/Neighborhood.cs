using static TorchSharp.torch;

namespace LieConv.Neighbours;

/// <summary>The neighbours of m query points and where they are, seen from the queries.</summary>
/// <param name="Indices">Neighbours by number, int64, shape (g, m, k); null where all n points are neighbours in
/// order.</param>
/// <param name="Mask">Which of them count, shape (g, m, k); null where all count.</param>
/// <param name="Relative">Relative coordinates [log(v⁻¹u), q_u, q_v], shape (g, m, k, d + 2q).</param>
public readonly record struct Neighborhood(Tensor? Indices, Tensor? Mask, Tensor Relative);
