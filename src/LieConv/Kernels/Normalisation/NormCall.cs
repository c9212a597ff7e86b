
namespace LieConv.Kernels;

/// <summary>What one normalisation is about, apart from its tensors.</summary>
/// <param name="Floor">Floor of the variance.</param>
/// <param name="Activation">What follows; null for nothing.</param>
/// <param name="OfBatch">Whether mean and variance are those of the values themselves, so that gradients flow
/// through.</param>
/// <param name="Count">Valid rows; only read where <paramref name="OfBatch"/>.</param>
internal sealed record NormCall(double Floor, Activation? Activation, bool OfBatch, long Count)
{
    /// <summary>The floor of the original.</summary>
    public const double UsualFloor = 1e-5;
}
