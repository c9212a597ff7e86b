using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>How N systems start.</summary>
/// <param name="State">Positions and momenta at time 0, float64, shape (N, 2, n, D).</param>
/// <param name="Parameters">Parameters of the particles, float64, shape (N, n, c); the first is the mass.</param>
public readonly record struct InitialStates(Tensor State, Tensor Parameters);
