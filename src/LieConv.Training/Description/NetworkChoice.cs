namespace LieConv.Training.Description;

/// <summary>A network that a task may use.</summary>
/// <param name="Name">Its name on the command line and in config.json.</param>
/// <param name="UsualGroup">The group that is meant where none is named; null for a network without groups.</param>
public sealed record NetworkChoice(string Name, string? UsualGroup)
{
    /// <summary>Whether it has a group.</summary>
    public bool HasGroup => UsualGroup is not null;
}
