using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>The random numbers behind the initial states of spring systems.</summary>
/// <param name="Masses">Uniform, shape (N, n).</param>
/// <param name="Strengths">Uniform, shape (N, n).</param>
/// <param name="Positions">Normal, shape (N, n, D).</param>
/// <param name="Momenta">Normal, shape (N, n, D).</param>
internal readonly record struct SpringDraws(Tensor Masses, Tensor Strengths, Tensor Positions, Tensor Momenta);
