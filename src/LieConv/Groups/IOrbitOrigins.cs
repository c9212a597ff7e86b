using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>A group that knows the origin o of each of its orbits, the point with u·o = x for every lift u of a point x:
/// how far two points are apart then follows from their relative coordinates, |log(v⁻¹u)·o(q_u) - o(q_v)| where the group
/// keeps distances. Checked by the law "u o(q) = x".</summary>
public interface IOrbitOrigins
{
    /// <summary>Origins of orbits.</summary>
    /// <param name="orbits">Orbit coordinates, shape (..., q); q may be 0.</param>
    /// <returns>Points, shape (..., D); null where the group does not know them.</returns>
    Tensor? Origins(Tensor orbits);
}
