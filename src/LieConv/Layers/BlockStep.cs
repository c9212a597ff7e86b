using LieConv.Groups;
using LieConv.Neighbours;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>What a block sees of the points: which remain, and their neighbours.</summary>
/// <param name="Points">Elements (g, m, e) and orbits (g, m, q) of those that remain.</param>
/// <param name="Mask">Which of them count, shape (g, m); null where all do.</param>
/// <param name="Picks">Their numbers, shape (g, m); null where all n points remain.</param>
/// <param name="Neighborhood">Their neighbours among the n points.</param>
internal readonly record struct BlockStep(
    LiftedElements Points, Tensor? Mask, Tensor? Picks, Neighborhood Neighborhood);
