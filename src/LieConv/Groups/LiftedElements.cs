using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Where lifted points are: group elements and the orbits they lie on.</summary>
/// <param name="Elements">Group elements in the group's compact form, shape (..., e).</param>
/// <param name="Orbits">Orbit coordinates, shape (..., q); null where the group has one orbit.</param>
public readonly record struct LiftedElements(Tensor Elements, Tensor? Orbits);
