using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Compares the motion that a trained network predicts with the true one over many time steps.</summary>
public static class RolloutStudy
{
    /// <summary>Trajectories that are kept to look at.</summary>
    private const int Shown = 4;

    /// <summary>Predicts and measures. The run's checkpoint must have been loaded.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">How long, and how many systems.</param>
    /// <param name="interruption">Stops between evaluations of the network by
    /// <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">If the options are out of range.</exception>
    public static RolloutOutcome Measure(DynamicsRun run, RolloutOptions options, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        var kept = run.Data.Rollouts;
        options.Check((int)kept.Count);
        var count = options.SystemsOf((int)kept.Count);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        run.Model.eval();

        var systems = new ParticleSystems(
            kept.Parameters.narrow(0, 0, count), kept.Mask?.narrow(0, 0, count));
        var initial = kept.States.narrow(0, 0, count).select(1, 0);
        var step = run.Config.Data.TimeStep;
        var times = Enumerable.Range(0, options.Steps + 1).Select(i => i * step).ToArray();
        var system = DynamicalSystems.Find(run.Config.Data.System);
        var truth = TrueMotion.Compute(system, initial, systems, times);

        var solver = OdeSolvers.Parse(options.Solver ?? run.Config.Solver);
        var rollout = run.Predict(initial, systems, times, solver, interruption);
        var predicted = rollout.States.to(CPU);
        var (moved, start) = (Curves(system, predicted, systems, truth), system.Energy(initial, systems));
        var learned = run.LearnedEnergies(rollout.States, systems);
        return new RolloutOutcome(
            new RolloutSummary
            {
                Systems = count, Steps = options.Steps, TimeStep = step, Solver = solver.Name,
                Evaluations = rollout.Evaluations,
                ErrorMedian = Statistics.Quantiles(moved.Error, 0.5)[^1],
                ErrorGeometricMean = Statistics.GeometricMean(moved.Error.narrow(0, 1, options.Steps)),
                Energy = Statistics.DriftOf(moved.Energy),
                LearnedEnergy = learned is null
                    ? null
                    : Statistics.DriftOf(Conservation.Energy(learned, start)),
                LinearMomentum = Statistics.DriftOf(moved.Linear),
                AngularMomentum = Statistics.DriftOf(moved.Angular),
            },
            Report(run, times, truth, predicted, systems, moved, Curves(system, truth, systems, truth)),
            Lost(predicted, systems.Mask));
    }

    /// <summary>Systems that do not stay finite, of states (t, b, 2, n, D).</summary>
    private static int Lost(Tensor states, Tensor? mask)
    {
        var lost = states.isfinite().logical_not();
        if (mask is not null) lost = lost.logical_and(mask.unsqueeze(1).unsqueeze(-1));
        return (int)lost.transpose(0, 1).flatten(1).any(1).sum().item<long>();
    }

    private static RolloutReport Report(
        DynamicsRun run, double[] times, Tensor truth, Tensor predicted, ParticleSystems systems, MotionCurves moved,
        MotionCurves own) => new()
    {
        System = $"{run.Config.Task} in {run.Config.Data.Dimensions}-D",
        Network = run.Config.Network,
        Group = run.Config.Group,
        Times = times,
        TrainedUntil = (run.Config.Data.Points - 1) * run.Config.Data.TimeStep,
        ErrorMedian = Statistics.Quantiles(moved.Error, 0.5),
        ErrorLow = Statistics.Quantiles(moved.Error, 0.1),
        ErrorHigh = Statistics.Quantiles(moved.Error, 0.9),
        EnergyDriftPredicted = Statistics.GeometricMeans(moved.Energy),
        EnergyDriftTrue = Statistics.GeometricMeans(own.Energy),
        LinearMomentumDriftPredicted = Statistics.GeometricMeans(moved.Linear),
        LinearMomentumDriftTrue = Statistics.GeometricMeans(own.Linear),
        AngularMomentumDriftPredicted = Statistics.GeometricMeans(moved.Angular),
        AngularMomentumDriftTrue = Statistics.GeometricMeans(own.Angular),
        Trajectories = [.. Enumerable.Range(0, (int)Math.Min(Shown, truth.shape[1]))
            .Select(i => Trajectory(i, truth, predicted, systems, moved))],
    };

    private static RolloutTrajectory Trajectory(
        int i, Tensor truth, Tensor predicted, ParticleSystems systems, MotionCurves moved) => new()
    {
        Masses = Statistics.Numbers(systems.Masses[i]),
        True = Positions(truth, i),
        Predicted = Positions(predicted, i),
        RelativeError = Statistics.Numbers(moved.Error.select(1, i)),
        EnergyDrift = Statistics.Numbers(moved.Energy.select(1, i)),
    };

    private static MotionCurves Curves(DynamicalSystem system, Tensor states, ParticleSystems systems, Tensor truth)
    {
        var energies = stack([.. Enumerable.Range(0, (int)states.shape[0]).Select(t => system.Energy(states[t], systems))], 0);
        var (difference, sum) = (Norm(states - truth), Norm(states) + Norm(truth));
        return new MotionCurves(
            difference / sum, Conservation.Energy(energies, energies[0]),
            Conservation.LinearMomentum(states, systems.Mask), Conservation.AngularMomentum(states, systems.Mask));
    }

    private static Tensor Norm(Tensor states) => states.flatten(2).norm(-1);

    private static double[][][] Positions(Tensor states, int system)
    {
        var positions = PhaseSpace.Positions(states.select(1, system));                                 // (t, n, D)
        var (numbers, n, d) = (Statistics.Numbers(positions), (int)positions.shape[1], (int)positions.shape[2]);
        return
        [
            .. numbers.Chunk(n * d).Select(frame => frame.Chunk(d).ToArray()),
        ];
    }

    /// <summary>What is measured along motions, each of shape (t, b).</summary>
    private readonly record struct MotionCurves(Tensor Error, Tensor Energy, Tensor Linear, Tensor Angular);
}
