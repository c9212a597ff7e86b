using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Chunks of b trajectories, on the device and in the precision of the training.</summary>
/// <param name="States">Shape (t, b, 2, n, D).</param>
/// <param name="Times">Their times.</param>
/// <param name="Parameters">Shape (b, n, c).</param>
/// <param name="Mask">Shape (b, n), or null.</param>
internal readonly record struct ChunkBatch(
    Tensor States, IReadOnlyList<double> Times, Tensor Parameters, Tensor? Mask);
