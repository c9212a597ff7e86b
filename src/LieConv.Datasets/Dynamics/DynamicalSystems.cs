using LieConv.Dynamics.Systems;

namespace LieConv.Datasets.Dynamics;

/// <summary>The systems that come with the library.</summary>
public static class DynamicalSystems
{
    /// <summary>Particles joined by springs: <see cref="SpringSystem"/>. Parameters m, k.</summary>
    public static DynamicalSystem Springs { get; } =
        new("springs", SpringSystem.Parameters, SpringSystem.Energy, SpringSampler.AtRest)
        {
            PaperSampler = SpringSampler.AsInThePaper,
            ClosedField = SpringSystem.Field,
            Motion = SpringSystem.Motion,
        };

    /// <summary>Planets around a star: <see cref="GravitySystem"/>. Parameter m.</summary>
    public static DynamicalSystem NBody { get; } =
        new("nbody", GravitySystem.Parameters, GravitySystem.Energy, PlanetSampler.AtRest)
        {
            PaperSampler = PlanetSampler.AsInThePaper,
            ClosedField = GravitySystem.Field,
            Points = 200,
        };

    /// <summary>All systems.</summary>
    public static IReadOnlyList<DynamicalSystem> All { get; } = [Springs, NBody];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(system => system.Name)];

    /// <summary>The system of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static DynamicalSystem Find(string name) => TryFind(name)
        ?? throw new ArgumentException($"There is no system '{name}'; expected one of {string.Join(", ", Names)}.");

    /// <summary>The system of a name, or null.</summary>
    internal static DynamicalSystem? TryFind(string name) => All.FirstOrDefault(system => system.Name == name);
}
