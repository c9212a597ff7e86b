namespace LieConv.Training.Json;

/// <summary>A configuration some of whose keys had other names before.</summary>
public interface IFormerKeys
{
    /// <summary>These keys.</summary>
    IReadOnlyList<FormerKey> FormerKeys { get; }
}
