namespace LieConv.Datasets.Points.Shapes;

/// <summary>A kind of elements in a .ply file: vertices, faces, or others.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Properties">What each has, in order.</param>
internal sealed record PlyElement(string Name, long Count, IReadOnlyList<PlyProperty> Properties);
