using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>The parts of a relative coordinate [log(v⁻¹u), q_u, q_v] and the distance that most groups use.</summary>
internal static class OrbitDistances
{
    /// <summary>alpha · |log| + (1 - alpha) · |q_u - q_v|, shape (...).</summary>
    public static Tensor Default(LieGroup group, Tensor relative)
    {
        Guard.LastDimension(relative, group.RelativeDim, group.Name, nameof(relative));
        var distance = group.AlgebraDim == 0
            ? zeros(relative.shape[..^1], dtype: relative.dtype, device: relative.device)
            : Polar.Length(relative.narrow(-1, 0, group.AlgebraDim)) * Scalars.Of(group.Alpha);
        return group.OrbitDim == 0 ? distance : distance + Polar.Length(Offset(group, relative)) *
            Scalars.Of(1 - group.Alpha);
    }

    /// <summary>q_u - q_v, shape (..., q).</summary>
    public static Tensor Offset(LieGroup group, Tensor relative) =>
        relative.narrow(-1, group.AlgebraDim, group.OrbitDim) -
        relative.narrow(-1, group.AlgebraDim + group.OrbitDim, group.OrbitDim);
}
