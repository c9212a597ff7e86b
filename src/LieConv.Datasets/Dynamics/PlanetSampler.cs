using LieConv.Dynamics;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Dynamics;

/// <summary>
/// Initial states of planets around a star of mass 32 at the origin: masses U(0.02, 0.2), distances about equally spaced
/// from 0.5 to 4, the speed √(M/r) of a circular orbit in a random direction, the bodies in random order.
/// </summary>
internal static class PlanetSampler
{
    private const double StarMass = 32;
    private const double LeastMass = 0.02;
    private const double MassRange = 0.18;
    private const double Nearest = 0.5;
    private const double Farthest = 4;
    private const double RadiusSpread = 0.3;

    /// <summary>In the frame in which the centre of mass is at rest, so that no system drifts.</summary>
    public static InitialStates AtRest(SystemDraws draws, int particles, int dimensions)
    {
        var (state, parameters) = AsInThePaper(draws, particles, dimensions);
        // Every body gets the same velocity, so that the motion of the bodies relative to each other stays as it is.
        var momenta = PhaseSpace.Momenta(state);
        var velocity = momenta.sum(-2, keepdim: true) / parameters.sum(-2, keepdim: true);
        return new(PhaseSpace.Join(PhaseSpace.Positions(state), momenta - parameters * velocity), parameters);
    }

    /// <summary>As the original: the star starts at rest.</summary>
    public static InitialStates AsInThePaper(SystemDraws draws, int particles, int dimensions)
    {
        var planets = particles - 1;
        var (masses, radii, azimuths) = (draws.Uniform(planets), draws.Uniform(planets), draws.Uniform(planets));
        var heights = dimensions == 3 ? draws.Uniform(planets) : null;
        var directions = dimensions == 3 ? draws.Uniform(planets) : (Scalars.Of(2) * draws.Uniform(planets)).floor();
        return PaperStates(new(masses, radii, azimuths, heights, directions, draws.Permutation(particles)));
    }

    /// <summary>The original's states for given draws; computed in the draws' type, then widened.</summary>
    public static InitialStates PaperStates(PlanetDraws draws)
    {
        var (count, planets) = (draws.Masses.shape[0], draws.Masses.shape[1]);
        var type = draws.Masses.dtype;
        var mass = Scalars.Of(MassRange) * draws.Masses + Scalars.Of(LeastMass);
        var radius = linspace(Nearest, Farthest, planets, dtype: type)
            + Scalars.Of(RadiusSpread) * (draws.Radii - Scalars.Of(0.5)) * Scalars.Of(Farthest - Nearest) /
                Scalars.Of(planets);
        var (outward, tangent) = draws.Heights is { } heights
            ? InSpace(draws.Azimuths, heights, draws.Directions)
            : InThePlane(draws.Azimuths, draws.Directions);
        var positions = radius.unsqueeze(-1) * outward;                                     // (N, n - 1, D)
        var momenta = (mass * (Scalars.Of(StarMass) / radius).sqrt()).unsqueeze(-1) * tangent;
        var still = zeros([count, 1, positions.shape[2]], dtype: type);
        var order = draws.Order.unsqueeze(-1);
        var all = cat([full([count, 1], Scalars.Of(StarMass), dtype: type), mass], 1).unsqueeze(-1);
        return new(
            PhaseSpace.Join(Ordered(cat([still, positions], 1), order), Ordered(cat([still, momenta], 1), order)),
            Ordered(all, order));
    }

    private static (Tensor Outward, Tensor Tangent) InThePlane(Tensor azimuths, Tensor directions)
    {
        var angle = Scalars.Of(2 * Math.PI) * azimuths;
        var turn = (Scalars.Of(2) * directions - Scalars.Of(1)).unsqueeze(-1);
        return (stack([angle.cos(), angle.sin()], -1), turn * stack([-angle.sin(), angle.cos()], -1));
    }

    private static (Tensor Outward, Tensor Tangent) InSpace(Tensor azimuths, Tensor heights, Tensor directions)
    {
        // Uniform on the sphere: the height is uniform (Archimedes).
        var (azimuth, polar) = (Scalars.Of(2 * Math.PI) * azimuths, (Scalars.Of(2) * heights - Scalars.Of(1)).acos());
        var (x, y, z) = (polar.sin() * azimuth.cos(), polar.sin() * azimuth.sin(), polar.cos());
        var outward = stack([x, y, z], -1);
        var first = nn.functional.normalize(stack([zeros_like(x), -z, y], -1), dim: -1);
        var second = nn.functional.normalize(linalg.cross(outward, first), dim: -1);
        var angle = (Scalars.Of(2 * Math.PI) * directions).unsqueeze(-1);
        return (outward, angle.cos() * first + angle.sin() * second);
    }

    private static Tensor Ordered(Tensor bodies, Tensor order) =>
        bodies.gather(1, order.expand(-1, -1, bodies.shape[2])).to_type(ScalarType.Float64);
}
