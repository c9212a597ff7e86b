using LieConv.Groups;
using LieConv.Models;
using LieConv.Models.Graph;
using LieConv.Numerics;

namespace LieConv.Dynamics.Networks;

/// <summary>Networks of dynamics by name, as the command line and configuration files write them.</summary>
public static class DynamicsNetworks
{
    /// <summary>The networks that <see cref="Create"/> makes.</summary>
    public static IReadOnlyList<KnownNetwork> Known { get; } =
    [
        new(LieHamiltonian.ShortName, "an energy, by convolution on a group", true),
        new(LieDynamics.ShortName, "the motion itself, by convolution on a group", true),
        new(LieTransformer.ShortName, "an energy, by attention on a group", true),
        new(FullyConnectedDynamics.ShortName, "the motion, by fully connected layers", false),
        new(FullyConnectedHamiltonian.ShortName, "an energy, by fully connected layers", false),
        new(GraphDynamics.ShortName, "the motion, by a graph network", false),
        new(GraphHamiltonian.ShortName, "an energy, by a graph network", false),
        new(GraphPotential.ShortName, "a potential energy, by a graph network", false),
    ];

    /// <summary>The network of a name; case does not matter.</summary>
    /// <exception cref="ArgumentException">If there is none: one sentence that lists them.</exception>
    public static KnownNetwork Find(string name) =>
        Known.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"Unknown network '{name}'; expected one of {string.Join(", ", Known.Select(known => known.Name))}.");

    /// <summary>The group of a network.</summary>
    /// <param name="name">The network.</param>
    /// <param name="group">The group's name; null or empty for networks without one.</param>
    /// <param name="dimensions">Dimension of the space that the particles move in.</param>
    /// <returns>The group; null for a network without one.</returns>
    /// <exception cref="ArgumentException">If network and group do not go together: one sentence.</exception>
    public static LieGroup? GroupOf(string name, string? group, int dimensions)
    {
        var network = Find(name);
        if (!network.HasGroup)
            return string.IsNullOrEmpty(group)
                ? null
                : throw new ArgumentException($"{network.Name} has no group; leave out '{group}'. Those that have one " +
                    $"are {string.Join(", ", Known.Where(known => known.HasGroup).Select(known => known.Name))}.");
        if (string.IsNullOrEmpty(group))
            throw new ArgumentException($"{network.Name} needs a group, such as T{dimensions}.");
        return LieGroups.ParseOn(dimensions, group, other =>
            $"{other} acts on {other.PointDim}-dimensional points, but the particles move in {dimensions} dimensions; " +
            $"try T{dimensions}.");
    }

    /// <summary>Makes a network with PyTorch's default initialisation.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="group">Its group; null for a network without one.</param>
    /// <param name="options">Its shape.</param>
    /// <param name="particles">Particles n of a system; only fully connected networks are bound to it.</param>
    /// <param name="dimensions">Dimension D of the space.</param>
    /// <param name="parameters">Numbers c that describe a particle.</param>
    /// <exception cref="ArgumentException">If something does not fit: one sentence.</exception>
    public static DynamicsNetwork Create(
        string name, LieGroup? group, DynamicsModelOptions options, int particles, int dimensions, int parameters)
    {
        ArgumentNullException.ThrowIfNull(options);
        var network = Find(name);
        if (network.HasGroup != group is not null)
            throw new ArgumentException(network.HasGroup
                ? $"{network.Name} needs a group."
                : $"{network.Name} has no group.");
        Guard.IsValid(options.Validate(), nameof(options));
        if (!network.HasGroup && options.OfGroupsOnly() is { } other)
            throw new ArgumentException(
                $"{other} is given, but {network.Name} has no such choice; expected a network with a group, such as " +
                $"{LieHamiltonian.ShortName}.");
        return network.Name switch
        {
            LieHamiltonian.ShortName => new LieHamiltonian(group!, Lie()),
            LieDynamics.ShortName => new LieDynamics(group!, Lie()),
            LieTransformer.ShortName => new LieHamiltonian(
                group!, Lie() with { Block = LieTransformer.Attending(options.Block) }),
            FullyConnectedDynamics.ShortName => new FullyConnectedDynamics(Full()),
            FullyConnectedHamiltonian.ShortName => new FullyConnectedHamiltonian(Full()),
            GraphDynamics.ShortName => new GraphDynamics(Graph()),
            GraphHamiltonian.ShortName => new GraphHamiltonian(Graph()),
            GraphPotential.ShortName => new GraphPotential(Graph()),
            _ => throw new ArgumentException($"There is no way to make the network {network.Name}."),
        };

        LieDynamicsOptions Lie() => new()
        {
            Parameters = parameters, Channels = options.Channels, Layers = options.Layers,
            BlockChannels = options.BlockChannels, Centred = options.Centred, Block = options.Block,
        };
        FullyConnectedOptions Full() => new()
        {
            Particles = particles, Dimensions = dimensions, Parameters = parameters, Channels = options.Channels,
            Layers = options.Layers,
        };
        GraphOptions Graph() => new()
        {
            Dimensions = dimensions, Parameters = parameters, Channels = options.Channels, Layers = options.Layers,
        };
    }
}
