using LieConv.Dynamics;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Solvers;

/// <summary>Equations whose solutions are known.</summary>
internal static class ExactProblems
{
    /// <summary>dy/dt = y cos t for each element: y(t) = y(0) exp(sin t).</summary>
    public static Tensor Growth(Tensor time, Tensor state) =>
        state * (time.dim() == 0 ? time : time.unsqueeze(-1)).cos().to_type(state.dtype);

    /// <summary>The solution of <see cref="Growth"/>.</summary>
    public static Tensor Grown(Tensor initial, double start, double end) =>
        initial * Math.Exp(Math.Sin(end) - Math.Sin(start));

    /// <summary>A pendulum: H = p²/2 - cos q, which is separable and not linear.</summary>
    public static Tensor Pendulum(Tensor time, Tensor state) =>
        PhaseSpace.Join(PhaseSpace.Momenta(state), -PhaseSpace.Positions(state).sin());

    /// <summary>The pendulum's energy, shape (b).</summary>
    public static Tensor PendulumEnergy(Tensor state) =>
        (PhaseSpace.Momenta(state).square() / 2 - PhaseSpace.Positions(state).cos()).sum([-1L, -2L]);

    /// <summary>States of pendulums, shape (b, 2, 1, 1).</summary>
    public static Tensor Pendulums(params double[] angles) =>
        stack([tensor(angles), zeros(angles.Length, dtype: ScalarType.Float64)], 1).unsqueeze(-1).unsqueeze(-1);

    /// <summary>Oscillators of different frequencies: dy/dt = (v, -w² x) in rows of (b, 2).</summary>
    public static VectorField Oscillators(params double[] frequencies)
    {
        var squares = tensor(frequencies).square();
        return (_, state) => stack([state.select(1, 1), -squares.to_type(state.dtype) * state.select(1, 0)], 1);
    }

    /// <summary>Count + 1 times at equal distances.</summary>
    public static double[] Even(double start, double end, int count) =>
        [.. Enumerable.Range(0, count + 1).Select(i => start + i * (end - start) / count)];

    /// <summary>The largest difference.</summary>
    public static double Distance(Tensor left, Tensor right) =>
        (left - right).abs().max().to_type(ScalarType.Float64).item<double>();
}
