using LieConv.Dynamics;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>Integrates the equations of motion for the data.</summary>
internal static class Integration
{
    /// <summary>Largest error of an interval between two times, relative to 1 + the largest component of the state.
    /// </summary>
    private const double Tolerance = 1e-11;

    /// <summary>An interval halved this often has not converged for a reason that further halving will not cure.</summary>
    private const int MostHalvings = 24;

    /// <summary>Steps of the midpoint rules that are extrapolated one after another; each adds 2 to the order.</summary>
    private static readonly int[] Substeps = [2, 4, 6, 8, 10, 12, 14];

    /// <summary>The motion to a tolerance.</summary>
    /// <remarks>Gragg's modified midpoint rule, whose error has even powers of the step only, extrapolated to step 0
    /// (Hairer, Nørsett, Wanner, "Solving Ordinary Differential Equations I", II.9), to as high an order as it takes until
    /// the last two extrapolations agree; where the highest is not enough, the interval is halved.</remarks>
    /// <param name="field">The equations.</param>
    /// <param name="initial">States at the first time, shape (b, 2, n, D).</param>
    /// <param name="times">Times, rising.</param>
    /// <returns>States, shape (b, T, 2, n, D).</returns>
    /// <exception cref="ArithmeticException">The tolerance cannot be met.</exception>
    public static Tensor Accurate(VectorField field, Tensor initial, IReadOnlyList<double> times) =>
        Along(initial, times, (state, from, to) => Extrapolated(field, state, from, to, MostHalvings));

    /// <summary>One step of the 3/8 rule from time to time, as the original's data have it.</summary>
    /// <inheritdoc cref="Accurate" path="/param"/>
    /// <returns>States, shape (b, T, 2, n, D).</returns>
    public static Tensor OneStepPerPoint(VectorField field, Tensor initial, IReadOnlyList<double> times) =>
        Along(initial, times, (state, from, to) => ThreeEighths(field, state, from, to - from));

    private static Tensor Along(
        Tensor initial, IReadOnlyList<double> times, Func<Tensor, double, double, Tensor> advance)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var states = new List<Tensor> { initial };
        for (var i = 1; i < times.Count; i++)
        {
            using var step = NewDisposeScope();
            states.Add(step.MoveToOuter(advance(states[^1], times[i - 1], times[i])));
        }
        return scope.MoveToOuter(stack(states, 1));
    }

    private static Tensor ThreeEighths(VectorField field, Tensor y, double time, double h)
    {
        var k1 = field(time, y);
        var k2 = field(time + h / 3, y + Scalars.Of(h / 3) * k1);
        var k3 = field(time + 2 * h / 3, y + Scalars.Of(h) * (k2 - k1 / Scalars.Of(3)));
        var k4 = field(time + h, y + Scalars.Of(h) * (k1 - k2 + k3));
        return y + Scalars.Of(h / 8) * (k1 + Scalars.Of(3) * (k2 + k3) + k4);
    }

    private static Tensor Extrapolated(VectorField field, Tensor y, double from, double to, int halvings)
    {
        var slope = field(from, y);
        var scale = Scalars.Of(1) + y.abs().amax([-1L, -2L, -3L], keepdim: true);
        var row = new List<Tensor>();
        foreach (var substeps in Substeps)
        {
            var next = Midpoints(field, y, slope, from, to, substeps);
            for (var k = 0; k < row.Count; k++)
            {
                var ratio = (double)substeps / Substeps[row.Count - 1 - k];
                (row[k], next) = (next, next + (next - row[k]) / Scalars.Of(ratio * ratio - 1));
            }
            if (row.Count > 0 && ((next - row[^1]).abs() / scale).max().item<double>() <= Tolerance) return next;
            row.Add(next);
        }
        if (halvings == 0)
            throw new ArithmeticException(FormattableString.Invariant(
                $"The motion cannot be followed past time {from}: particles collide, or the energy has no derivative there."));
        var middle = from + (to - from) / 2;
        return Extrapolated(
            field, Extrapolated(field, y, from, middle, halvings - 1), middle, to, halvings - 1);
    }

    private static Tensor Midpoints(VectorField field, Tensor y, Tensor slope, double from, double to, int substeps)
    {
        var h = (to - from) / substeps;
        var (before, now) = (y, y + Scalars.Of(h) * slope);
        for (var i = 1; i < substeps; i++) (before, now) = (now, before + Scalars.Of(2 * h) * field(from + i * h, now));
        return now;
    }
}
