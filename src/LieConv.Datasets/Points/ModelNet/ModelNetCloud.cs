namespace LieConv.Datasets.Points.ModelNet;

/// <summary>A shape's points with its class.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Place">Where it is, for messages.</param>
/// <param name="Positions">Coordinates, row-major (n, 3).</param>
/// <param name="Label">Number of its class.</param>
internal sealed record ModelNetCloud(string Id, string Place, double[] Positions, int Label);
