namespace LieConv.Equivariance;

/// <summary>By how much a model's output changes when its input is moved by a group element.</summary>
/// <param name="Largest">Over all elements, max |f(gx) - f(x)| / max |f(x)|; NaN where an output is not finite or
/// all outputs are zero.</param>
/// <param name="Mean">Average over the elements of that ratio.</param>
/// <param name="Elements">Group elements tried.</param>
public readonly record struct EquivarianceError(double Largest, double Mean, int Elements);
