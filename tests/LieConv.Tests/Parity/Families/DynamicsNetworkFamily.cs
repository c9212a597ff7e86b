using LieConv.Dynamics;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// Networks of dynamics: dz/dt, the energy where they have one, and gradients of dz/dt, which are second derivatives of
/// the energy.
/// </summary>
public sealed class DynamicsNetworkFamily : CaseFamily
{
    private static readonly string[] Prefixes = ["D_fc", "D_hfc", "D_ogn", "D_hogn", "D_vogn"];

    /// <inheritdoc/>
    public override bool Claims(string name) => Prefixes.Any(prefix => Named(name, prefix));

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        using var dynamics = new DynamicsCase(run, "in.z");
        var (z, parameters) = (run.Leaf("in.z"), run.Leaf("in.sysP"));
        var systems = new ParticleSystems(parameters);
        var slope = DynamicsCase.ToFlat(dynamics.Network.call(dynamics.FromFlat(z), systems));
        (slope * run.Array("cot.0")).sum().backward();
        run.Check("out.dzdt", slope);
        dynamics.CheckChanges();
        if (run.Has("out.H"))
            run.Check("out.H", ((HamiltonianNetwork)dynamics.Network).Energy(dynamics.FromFlat(z), systems));
        run.Check("g.in.z", OriginalWeights.GradientOf(z));
        run.Check("g.in.sysP", OriginalWeights.GradientOf(parameters));
        dynamics.CheckGradients();
    }
}
