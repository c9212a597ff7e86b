namespace LieConv.Models;

/// <summary>Options that hold one number for each block of a network, or none.</summary>
internal static class BlockLists
{
    /// <summary>What is wrong with the length of a list; null where nothing is.</summary>
    /// <param name="name">The option.</param>
    /// <param name="list">Its numbers; null for one number that serves all blocks.</param>
    /// <param name="count">How many there must be.</param>
    /// <param name="rule">How that follows from other options.</param>
    public static string? Error<T>(string name, IReadOnlyList<T>? list, int count, string rule) =>
        list is null || list.Count == count
            ? null
            : $"{name} has {list.Count} numbers; expected {rule} = {count}.";
}
