using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Predicts how systems of a user's move.</summary>
public static class Prediction
{
    /// <summary>The motion of each system by itself. The run's checkpoint must have been loaded.</summary>
    /// <param name="run">The run.</param>
    /// <param name="systems">The systems; they may differ in size unless the network is bound to one.</param>
    /// <param name="steps">Time steps.</param>
    /// <param name="timeStep">Time from one to the next; null for the training's.</param>
    /// <param name="solver">Integrates the network's motion; null for the run's own.</param>
    /// <param name="interruption">Stops between evaluations of the network by
    /// <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">If a system does not fit the network.</exception>
    public static IReadOnlyList<PredictedMotion> Compute(
        DynamicsRun run, IReadOnlyList<InitialSystem> systems, int steps, double? timeStep, string? solver,
        CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(systems);
        RolloutOptions.CheckSize(steps, systems.Sum(system => (long)system.Particles), run.Config.Data.Dimensions);
        var method = OdeSolvers.Parse(solver ?? run.Config.Solver);
        var step = timeStep ?? run.Config.Data.TimeStep;
        var times = Enumerable.Range(0, steps + 1).Select(i => i * step).ToArray();
        if (run.IsBoundToSize && systems.Index().FirstOrDefault(s => s.Item.Particles != run.Config.Data.Particles) is
            { Item: { } other, Index: var place })
            throw new ArgumentException($"{run.Config.Network} was made for {run.Config.Data.Particles} particles, but " +
                $"system {place + 1} has {other.Particles}; train it with --particles {other.Particles}.");
        return [.. systems.Select(system => Compute(run, system, times, method, interruption))];
    }

    private static PredictedMotion Compute(
        DynamicsRun run, InitialSystem system, double[] times, OdeSolver solver, CancellationToken interruption)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var initial = PhaseSpace.Join(Matrix(system.Positions), Matrix(system.Momenta)).unsqueeze(0);
        var parameters = new ParticleSystems(Matrix(system.Parameters).unsqueeze(0));
        var states = Motion(run, initial, parameters, times, solver, interruption).squeeze(1);          // (t, 2, n, D)
        return new PredictedMotion(times, Frames(PhaseSpace.Positions(states)), Frames(PhaseSpace.Momenta(states)));
    }

    /// <summary>States at the times; not numbers after the first where the solver cannot go on, so that the other
    /// systems are predicted.</summary>
    private static Tensor Motion(
        DynamicsRun run, Tensor initial, ParticleSystems systems, double[] times, OdeSolver solver,
        CancellationToken interruption)
    {
        try
        {
            return run.Predict(initial, systems, times, solver, interruption).States;
        }
        catch (IntegrationFailedException)
        {
            var lost = full([times.Length - 1, .. initial.shape], Scalars.Of(double.NaN), ScalarType.Float64);
            return cat([initial.to(ScalarType.Float64).unsqueeze(0), lost]);
        }
    }

    private static Tensor Matrix(double[][] rows) =>
        tensor([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length]);

    private static double[][][] Frames(Tensor vectors)
    {
        var (n, d) = ((int)vectors.shape[1], (int)vectors.shape[2]);
        return [.. Statistics.Numbers(vectors).Chunk(n * d).Select(frame => frame.Chunk(d).ToArray())];
    }
}
