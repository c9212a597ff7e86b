using LieConv.Datasets.Dynamics;
using LieConv.Dynamics;
using LieConv.Dynamics.Systems;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>The original's planets around a star, from the recorded draws.</summary>
public sealed class PlanetDataFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "E_nbody_sample_system");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var drawn = run.Names("rnd.").Order(StringComparer.Ordinal).ToArray();
        var order = stack([.. drawn.Where(IsOrder).Select(run.Array)]);
        var draws = drawn.Where(name => !IsOrder(name)).Select(name => run.Golden.Arrays[name])
            .Select(draw => draw.ToTensor(draw.Type).squeeze(-1)).ToArray();
        var (heights, directions) = draws.Length > 4 ? (draws[3], draws[4]) : (null, draws[3]);
        var (state, masses) = PlanetSampler.PaperStates(
            new(draws[0], draws[1], draws[2], heights, directions, order));
        run.Check("out.z0", state.flatten(1));
        run.Check("out.m", masses.squeeze(-1));
        run.Check("out.H", GravitySystem.Energy(state, new ParticleSystems(masses)));
    }

    private static bool IsOrder(string name) => name.EndsWith("randperm", StringComparison.Ordinal);
}
