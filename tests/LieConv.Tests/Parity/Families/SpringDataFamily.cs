using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Systems;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>The paper's spring data: initial states from the recorded draws, and trajectories.</summary>
public sealed class SpringDataFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) =>
        Named(name, "E_spring_sample_system") || Named(name, "E_spring_sim_trajectories");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        if (run.Has("out.zs")) Trajectories(run);
        else InitialStates(run);
    }

    private static void InitialStates(CaseRun run)
    {
        var draws = run.Names("rnd.").Order(StringComparer.Ordinal).Select(run.Reference).ToArray();
        var (state, parameters) = SpringSampler.PaperStates(new(draws[0], draws[1], draws[2], draws[3]));
        run.Check("out.z0", state.flatten(1));
        run.Check("out.m", parameters.select(-1, 0));
        run.Check("out.k", parameters.select(-1, 1));
        run.Check("out.total_momentum_per_system", ConservedQuantities.LinearMomentum(state));
    }

    private static void Trajectories(CaseRun run)
    {
        var (masses, points) = (run.Array("in.m"), run.Config.Whole("traj_len"));
        var options = new DynamicsDataOptions
        {
            Paper = true, Points = points, TimeStep = run.Config.Number("delta_t"),
            Particles = (int)masses.shape[1],
        };
        var times = tensor(new TrajectoryGenerator(DynamicalSystems.Springs, options).Times);
        run.Check("out.ts", times.expand(masses.shape[0], -1));

        // The stored times are rounded to single precision, which fast springs show in the states.
        var stored = run.Reference("out.ts")[0].data<double>().ToArray();
        var initial = run.Array("in.z0").reshape(masses.shape[0], 2, masses.shape[1], -1);
        var field = SpringSystem.Field(new ParticleSystems(stack([masses, run.Array("in.k")], -1)));
        run.Check("out.zs", Integration.OneStepPerPoint(field, initial, stored).flatten(2));
    }
}
