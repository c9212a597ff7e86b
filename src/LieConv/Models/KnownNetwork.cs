namespace LieConv.Models;

/// <summary>A network that can be named on the command line.</summary>
/// <param name="Name">The name as typed, that of the paper or of the original.</param>
/// <param name="Description">What it is, in a few words.</param>
/// <param name="HasGroup">Whether it is made for a group.</param>
public sealed record KnownNetwork(string Name, string Description, bool HasGroup);
