using static TorchSharp.torch;

namespace LieConv.Models;

/// <summary>What a <see cref="PointNetwork"/> says of b sets of at most n points.</summary>
/// <param name="OfSets">Shape (b, S); null where nothing is asked of sets.</param>
/// <param name="OfPoints">Shape (b, n, P); null where nothing is asked of points. What it holds for padding means
/// nothing.</param>
public readonly record struct PointAnswers(Tensor? OfSets, Tensor? OfPoints);
