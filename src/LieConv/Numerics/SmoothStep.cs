using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>The step from 0 to 1 with three continuous derivatives: 35 x⁴ - 84 x⁵ + 70 x⁶ - 20 x⁷ on [0, 1].</summary>
internal static class SmoothStep
{
    /// <summary>Exactly 0 up to the first number and exactly 1 from the last.</summary>
    public static Tensor Between(Tensor value, double first, double last)
    {
        var x = ((value - Scalars.Of(first)) / Scalars.Of(last - first)).clamp(Scalars.Of(0.0), Scalars.Of(1.0));
        var factor = (x * Scalars.Of(-20.0) + Scalars.Of(70.0)) * x - Scalars.Of(84.0);
        return x.square().square() * (factor * x + Scalars.Of(35.0));
    }
}
