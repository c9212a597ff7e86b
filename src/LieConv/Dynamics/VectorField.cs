using static TorchSharp.torch;

namespace LieConv.Dynamics;

/// <summary>The right-hand side of an ordinary differential equation, dy/dt = f(t, y), for b items at once.</summary>
/// <param name="time">Time, float64: one for all items, shape (), or one for each, shape (b).</param>
/// <param name="state">States, shape (b, ...), or () for one number.</param>
/// <returns>Derivatives in the state's shape and type; row i must depend on row i alone.</returns>
public delegate Tensor VectorField(Tensor time, Tensor state);
