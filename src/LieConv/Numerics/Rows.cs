using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Indices of the rows of a batch, of which iterations drop those that are done.</summary>
internal static class Rows
{
    /// <summary>0, 1, ... for the first dimension of a tensor.</summary>
    public static Tensor All(Tensor batch)
    {
        using Scalar count = batch.shape[0].ToScalar();
        return arange(count, dtype: ScalarType.Int64, device: batch.device);
    }
}
