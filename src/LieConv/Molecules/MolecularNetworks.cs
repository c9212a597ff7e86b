using LieConv.Groups;
using LieConv.Models;

namespace LieConv.Molecules;

/// <summary>Networks of molecules by name, as the command line and configuration files write them.</summary>
public static class MolecularNetworks
{
    /// <summary>The networks that <see cref="Create"/> makes.</summary>
    public static IReadOnlyList<KnownNetwork> Known { get; } =
    [
        new(MolecularLieResNet.ShortName, "a property, by convolution on a group", true),
        new(LieTransformer.ShortName, "a property, by attention on a group", true),
        new(MolecularGraphNetwork.ShortName, "a property, by a graph network", false),
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
    /// <returns>The group; null for a network without one.</returns>
    /// <exception cref="ArgumentException">If network and group do not go together: one sentence.</exception>
    public static LieGroup? GroupOf(string name, string? group)
    {
        var network = Find(name);
        if (!network.HasGroup)
            return string.IsNullOrEmpty(group)
                ? null
                : throw new ArgumentException($"{network.Name} has no group; leave out '{group}'.");
        if (string.IsNullOrEmpty(group)) throw new ArgumentException($"{network.Name} needs a group, such as T3.");
        return LieGroups.ParseOn(3, group, other =>
            $"{other} acts on {other.PointDim}-dimensional points, but atoms are in space; try T3.");
    }

    /// <summary>Makes a network with PyTorch's default initialisation.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="group">Its group; null for a network without one.</param>
    /// <param name="options">Its shape; a graph network reads species, scales, origin, channels, layers, outputs and
    /// recentring.</param>
    /// <exception cref="ArgumentException">If something does not fit: one sentence.</exception>
    public static MolecularNetwork Create(string name, LieGroup? group, MolecularNetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var network = Find(name);
        if (network.HasGroup != group is not null)
            throw new ArgumentException(network.HasGroup
                ? $"{network.Name} needs a group."
                : $"{network.Name} has no group.");
        return network.Name switch
        {
            MolecularLieResNet.ShortName => new MolecularLieResNet(group!, options),
            LieTransformer.ShortName => new MolecularLieResNet(
                group!, options with { Block = LieTransformer.Attending(options.Block) }),
            MolecularGraphNetwork.ShortName => new MolecularGraphNetwork(new MolecularGraphOptions
            {
                Species = options.Species, ChargeScale = options.ChargeScale, Channels = options.Channels,
                Layers = options.Layers, Outputs = options.Outputs, Recentre = options.Recentre,
                Origin = options.Origin, LengthUnit = options.LengthUnit,
            }),
            _ => throw new ArgumentException($"There is no way to make the network {network.Name}."),
        };
    }
}
