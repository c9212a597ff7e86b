using LieConv.Datasets.Dynamics;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Dynamics;

/// <summary>Makes batches of chunks from trajectories.</summary>
/// <param name="length">Times of a chunk.</param>
/// <param name="device">Where the batch goes.</param>
/// <param name="dtype">Its precision.</param>
internal sealed class ChunkBatches(int length, Device device, ScalarType dtype)
{
    /// <summary>The beginnings of trajectories.</summary>
    public ChunkBatch First(TrajectorySet data, ReadOnlySpan<long> places) => At(data, places, null);

    /// <summary>Chunks that begin at random, each at a place of its own; trajectories of a chunk's length leave no
    /// choice.</summary>
    public ChunkBatch Draw(TrajectorySet data, ReadOnlySpan<long> places, Generator generator)
    {
        var choices = data.States.shape[1] - length + 1;
        return choices <= 1
            ? At(data, places, null)
            : At(data, places, randint(choices, [places.Length], dtype: ScalarType.Int64, generator: generator));
    }

    private ChunkBatch At(TrajectorySet data, ReadOnlySpan<long> places, Tensor? starts)
    {
        var rows = tensor(places.ToArray(), dtype: ScalarType.Int64);
        Tensor states;
        if (starts is null)
        {
            states = data.States.narrow(1, 0, length).index_select(0, rows).transpose(0, 1);
        }
        else
        {
            var columns =
                starts.unsqueeze(0) + arange(Scalars.Of(length), ScalarType.Int64).unsqueeze(1);          // (t, b)
            states = data.States.index(TensorIndex.Tensor(rows.unsqueeze(0).expand_as(columns)), TensorIndex.Tensor(columns));
        }
        // The equations do not depend on time itself: any chunk may count from the first one's times.
        var times = data.Times.narrow(0, 0, length).data<double>().ToArray();
        return new ChunkBatch(
            states.to(dtype, device), times, data.Parameters.index_select(0, rows).to(dtype, device),
            data.Mask?.index_select(0, rows).to(device));
    }
}
