using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Refuses points that lie nowhere. Without it the kinds of neighbourhood would each do something else: a ball
/// leaves such a point out, the nearest may take it or not, and a mean over all is lost.</summary>
internal static class FinitePoints
{
    /// <summary>Requires finite coordinates of every point that counts; padding may hold anything.</summary>
    /// <remarks>On the CPU only: elsewhere the check would wait for the device, and <see cref="Mark"/> lets nothing finite
    /// come out.</remarks>
    /// <param name="points">Coordinates or elements, shape (g, n, ·).</param>
    /// <param name="mask">Points that count, boolean, shape (g, n) or one that broadcasts to it; null where all do.</param>
    /// <param name="name">Parameter, for the message.</param>
    /// <exception cref="ArgumentException">If one is not finite: the message names set and point.</exception>
    public static void Check(Tensor points, Tensor? mask, string name)
    {
        if (points.device_type != DeviceType.CPU || points.NumberOfElements == 0) return;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var finite = points.detach().isfinite();
        if (finite.all().item<bool>()) return;
        var lost = finite.all(-1).logical_not();                                                         // (g, n)
        if (mask is not null) lost = lost.logical_and(mask);
        if (!lost.any().item<bool>()) return;
        var place = lost.nonzero()[0].data<long>().ToArray();
        throw new ArgumentException(
            $"{name} is not finite at point {place[1]} of set {place[0]}; expected finite numbers for every point that " +
            "is not padding.", name);
    }

    /// <summary>Values that are not numbers where their point lies nowhere, so that every neighbourhood passes on that
    /// something is wrong.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="points">Coordinates, shape (g, n, D).</param>
    /// <param name="mask">Points that count, shape (g, n); null where all do.</param>
    public static Tensor Mark(Tensor values, Tensor points, Tensor? mask)
    {
        var lost = points.detach().isfinite().all(-1).logical_not();
        if (mask is not null) lost = lost.logical_and(mask);
        return values.masked_fill(lost.unsqueeze(-1).unsqueeze(-1), Scalars.Of(double.NaN));
    }
}
