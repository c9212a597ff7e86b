using LieConv.Dynamics;
using LieConv.Dynamics.Systems;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Energies of springs and of gravity, Hamilton's equations by differentiation and in closed form.</summary>
public sealed class ParticleEnergyFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "E_spring_energy") || Named(name, "E_kepler_energy");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var springs = run.Has("in.k");
        EnergyFunction energy = springs ? SpringSystem.Energy : GravitySystem.Energy;
        var masses = run.Array("in.m");
        var systems = new ParticleSystems(stack(springs ? [masses, run.Array("in.k")] : [masses], -1));
        var flat = run.Leaf("in.z");
        var state = flat.reshape(masses.shape[0], 2, masses.shape[1], -1);
        var kinetic = HamiltonianNetwork.KineticEnergy(PhaseSpace.Momenta(state), systems);
        var still = PhaseSpace.Join(PhaseSpace.Positions(state), zeros_like(PhaseSpace.Momenta(state)));

        run.Check("out.H", energy(state, systems));
        run.Check("out.V", energy(still, systems));
        run.Check("out.K", kinetic);
        var slope = HamiltonianFlow.Derivative(point => energy(point, systems), state).reshape(flat.shape);
        run.Check("out.dzdt", slope);
        var closed = springs ? SpringSystem.Derivative(state, systems) : GravitySystem.Derivative(state, systems);
        run.CheckDerived("closed form of out.dzdt", closed.reshape(flat.shape), run.Reference("out.dzdt"));
        if (!run.Has("g.in.z")) return;
        (slope * run.Array("cot.0")).sum().backward();
        run.Check("g.in.z", flat.grad!);
    }
}
