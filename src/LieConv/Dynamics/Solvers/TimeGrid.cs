using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>Checks of what every solver is given.</summary>
internal static class TimeGrid
{
    /// <summary>Requires a floating state of any shape and times that rise or fall strictly.</summary>
    /// <returns>1 where the times rise, -1 where they fall.</returns>
    public static int Check(VectorField field, Tensor initial, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(field);
        Guard.HoldsNumbers(initial, nameof(initial));
        ArgumentNullException.ThrowIfNull(times);
        if (!initial.is_floating_point())
            throw new ArgumentException(
                $"initial has dtype {initial.dtype}; expected floating point states.", nameof(initial));
        if (times.Count == 0) throw new ArgumentException("times is empty; expected at least one.", nameof(times));
        var direction = times.Count > 1 && times[1] < times[0] ? -1 : 1;
        for (var i = 0; i < times.Count; i++)
        {
            if (!double.IsFinite(times[i]))
                throw new ArgumentException($"times[{i}] is {times[i]}; expected finite numbers.", nameof(times));
            if (i > 0 && direction * (times[i] - times[i - 1]) <= 0)
                throw new ArgumentException(
                    $"times[{i - 1}] is {times[i - 1]} and times[{i}] is {times[i]}; expected times that rise or " +
                    "fall strictly.", nameof(times));
        }
        return direction;
    }
}
