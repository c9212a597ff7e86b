using LieConv.Dynamics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>The motion of systems whose equations can be solved in closed form.</summary>
/// <param name="initial">States at time 0, shape (b, 2, n, D).</param>
/// <param name="systems">The systems.</param>
/// <param name="times">Times of each system, float64, shape (b, T).</param>
/// <returns>States, shape (b, T, 2, n, D).</returns>
public delegate Tensor ExactMotion(Tensor initial, ParticleSystems systems, Tensor times);
