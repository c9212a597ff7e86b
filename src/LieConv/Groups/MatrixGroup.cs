namespace LieConv.Groups;

/// <summary>Placeholder.</summary>
public sealed class MatrixGroup { }
