using LieConv.Dynamics;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>Initial states of spring systems: m ~ U(0.1, 3.1), k ~ U(0, 5), q ~ 0.4 N, p ~ 0.6 N, with a mean of the
/// momenta subtracted.</summary>
internal static class SpringSampler
{
    private const int OverSystems = 0;
    private const int OverParticles = 1;

    /// <summary>Every system as a whole is at rest.</summary>
    public static InitialStates AtRest(SystemDraws draws, int particles, int dimensions) =>
        FromDraws(Draw(draws, particles, dimensions), OverParticles);

    /// <summary>As the original: only the average over the systems drawn together is at rest.</summary>
    public static InitialStates AsInThePaper(SystemDraws draws, int particles, int dimensions) =>
        PaperStates(Draw(draws, particles, dimensions));

    /// <summary>The original's states for given draws.</summary>
    public static InitialStates PaperStates(SpringDraws draws) => FromDraws(draws, OverSystems);

    private static SpringDraws Draw(SystemDraws draws, int particles, int dimensions) => new(
        draws.Uniform(particles), draws.Uniform(particles),
        draws.Normal(particles, dimensions), draws.Normal(particles, dimensions));

    private static InitialStates FromDraws(SpringDraws draws, int centred)
    {
        var momenta = Scalars.Of(0.6) * draws.Momenta;
        momenta = momenta - momenta.mean([centred], keepdim: true);
        return new(
            PhaseSpace.Join(Scalars.Of(0.4) * draws.Positions, momenta),
            stack([Scalars.Of(3) * draws.Masses + Scalars.Of(0.1), Scalars.Of(5) * draws.Strengths], -1));
    }
}
