using LieConv.Cpu;

namespace LieConv.Kernels;

/// <summary>What one evaluation of the kernel network is about, apart from its tensors.</summary>
/// <param name="Activation">What follows each layer.</param>
/// <param name="HasNorm">Whether the layers have batch normalisation.</param>
/// <param name="OfBatch">Whether mean and variance are those of the pairs themselves, so that gradients flow
/// through.</param>
/// <param name="Count">Valid pairs; only read where <paramref name="OfBatch"/>.</param>
internal sealed record KernelCall(Activation Activation, bool HasNorm, bool OfBatch, long Count)
{
    /// <summary>Pairs for which the middle layer's deviations are kept from one pass over a batch to the next.</summary>
    /// <value>A million, that is 128 MB; beyond, the memory counts for more than forming them anew.</value>
    public int MostPairsToKeep { get; init; } = 1 << 20;

    /// <summary>Linear layers.</summary>
    public const int Layers = 3;

    /// <summary>Tensors of each layer in the list of parameters: weight, bias, and the norm's weight and bias.</summary>
    public int TensorsPerLayer => HasNorm ? 4 : 2;

    /// <summary>All parameters.</summary>
    public int Parameters => Layers * TensorsPerLayer;

    /// <summary>The layers' units in the joint vectors of statistics: where they start and how many they are.</summary>
    public static (int Start, int Count) Units(int layer) =>
        (layer * KernelUnits.Hidden, layer == Layers - 1 ? KernelUnits.Outputs : KernelUnits.Hidden);

    /// <summary>Memory for the middle layer's deviations; null for too many pairs.</summary>
    public AlignedBuffer? KeepMiddle(int pairs) =>
        pairs <= MostPairsToKeep ? new AlignedBuffer((long)pairs * KernelUnits.Hidden) : null;

    /// <summary>Units of all layers.</summary>
    public const int AllUnits = (Layers - 1) * KernelUnits.Hidden + KernelUnits.Outputs;
}
