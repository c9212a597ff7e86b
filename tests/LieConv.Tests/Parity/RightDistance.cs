using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>Distances, with the right value for scalings, where the original reads an azimuth as a rotation.</summary>
public static class RightDistance
{
    /// <summary>Whether the original's distance of a group is wrong.</summary>
    public static bool Deviates(LieGroup group) => group.Name == "Rx";

    /// <summary>Compares out.distance.</summary>
    /// <param name="run">The case.</param>
    /// <param name="group">Its group.</param>
    /// <param name="relative">Relative coordinates, shape (..., d + 2q).</param>
    public static void Check(CaseRun run, LieGroup group, Tensor relative)
    {
        var distance = group.Distance(relative);
        if (Deviates(group)) run.CheckRight("out.distance", distance, Of(group, relative));
        else run.Check("out.distance", distance);
    }

    /// <summary>alpha |log| + (1 - alpha) |difference of the azimuths|, the latter on the circle.</summary>
    public static Tensor Of(LieGroup group, Tensor relative)
    {
        var difference = relative.select(-1, 1) - relative.select(-1, 2);
        var onCircle = difference.sin().atan2(difference.cos()).abs();
        return relative.select(-1, 0).abs() * group.Alpha + onCircle * (1 - group.Alpha);
    }
}
