using LieConv.Dynamics;
using LieConv.Dynamics.Solvers;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// Motions of true systems by torchdiffeq's solvers: states, energies, and for adaptive steps their places and how
/// often the right-hand side was evaluated. With the recorded tolerances the estimated errors are round-off in single
/// precision, where another run of steps must give the same states.
/// </summary>
public sealed class RolloutFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) =>
        Named(name, "E_spring_rk4") || Named(name, "E_kepler_rk4")
        || Named(name, "E_spring_dopri5") || Named(name, "E_kepler_dopri5");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        using var off = no_grad();
        var masses = run.Array("in.m");
        var spring = run.Has("in.k");
        var systems = new ParticleSystems(
            spring ? stack([masses, run.Array("in.k")], -1) : masses.unsqueeze(-1));
        EnergyFunction energy = spring ? SpringEnergy : KeplerEnergy;
        var field = HamiltonianFlow.Create(energy, systems);
        var (flat, times) = (run.Array("in.z0"), run.Reference("in.ts").data<double>().ToArray());
        var initial = flat.reshape(flat.shape[0], 2, masses.shape[1], -1);
        var states = run.Has("out.nfe")
            ? Adaptive(run, field, initial, times)
            : OdeSolvers.Parse(run.Config.Text("method", "rk4")).Solve(field, initial, times).States;
        run.Check("out.zs", states.flatten(2));
        var every = (states.shape[0] - 1) / Math.Max(1, run.Reference("out.energy").shape[0] - 1);
        run.Check("out.energy", stack([.. Enumerable.Range(0, (int)run.Reference("out.energy").shape[0])
            .Select(i => energy(states[i * every], systems))]));
    }

    private static Tensor Adaptive(CaseRun run, VectorField field, Tensor initial, double[] times)
    {
        var solver = new DormandPrince(new AdaptiveOptions
        {
            RelativeTolerance = run.Config.Number("rtol"),
            AbsoluteTolerance = run.Config.Number("atol"),
            Control = ErrorControl.WholeBatch,
        });
        List<double> steps = [];
        var solution = solver.Solve(field, initial, times, (_, start, length) =>
        {
            steps.Add(start);
            steps.Add(Math.Abs(length));
        });
        if (run.SinglePrecision)
        {
            foreach (var name in (string[])["out.nfe", "out.n_rejected", "out.accepted_t_dt"])
                run.Leave(name, "the steps follow estimates that are round-off in single precision");
            return solution.States;
        }
        run.CheckValue("out.nfe", tensor(solution.Evaluations), run.Reference("out.nfe"), 0);
        run.CheckValue("out.n_rejected", tensor(solution.Rejected), run.Reference("out.n_rejected"), 0);
        run.Check("out.accepted_t_dt", tensor(steps.ToArray()).reshape(-1, 2));
        return solution.States;
    }

    /// <summary>Σ p²/2m.</summary>
    private static Tensor Kinetic(Tensor state, ParticleSystems systems) =>
        HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), systems);

    /// <summary>Kinetic energy and Σ_{i&lt;j} k_i k_j |q_i - q_j|².</summary>
    private static Tensor SpringEnergy(Tensor state, ParticleSystems systems)
    {
        var stiffness = systems.Parameters.select(-1, 1);
        var squares = Differences(state).square().sum(-1);
        return Kinetic(state, systems) + Pairs(squares * Products(stiffness));
    }

    /// <summary>Kinetic energy and -Σ_{i&lt;j} m_i m_j / (|q_i - q_j| + 1e-8).</summary>
    private static Tensor KeplerEnergy(Tensor state, ParticleSystems systems)
    {
        var distances = Differences(state).norm(-1) + 1e-8;
        // The diagonal is left out of the sum, but 1e-8 there would make its gradient overflow.
        var n = distances.shape[^1];
        var apart = distances + eye(n, dtype: state.dtype);
        return Kinetic(state, systems) - Pairs(Products(systems.Masses) / apart);
    }

    private static Tensor Differences(Tensor state)
    {
        var positions = PhaseSpace.Positions(state);
        return positions.unsqueeze(-2) - positions.unsqueeze(-3);
    }

    private static Tensor Products(Tensor values) => values.unsqueeze(-1) * values.unsqueeze(-2);

    private static Tensor Pairs(Tensor matrix) => matrix.triu(1).sum([-1L, -2L]);
}
