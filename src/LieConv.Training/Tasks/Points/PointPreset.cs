using LieConv.Models;
using LieConv.Training.Learning;

namespace LieConv.Training.Tasks.Points;

/// <summary>Settings to start from.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Model">The network.</param>
/// <param name="Train">The training.</param>
internal sealed record PointPreset(string Name, PointNetworkOptions Model, TrainOptions Train);
