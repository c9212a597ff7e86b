namespace LieConv.Groups;

/// <summary>A group that can be named on the command line.</summary>
/// <param name="Name">The name as typed, with its default dimension.</param>
/// <param name="Description">What it does, in a few words.</param>
public sealed record KnownGroup(string Name, string Description);
