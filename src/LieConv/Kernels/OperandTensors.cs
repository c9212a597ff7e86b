using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>The tensors of an operation, by what is asked of them.</summary>
/// <param name="Inputs">Those with a gradient.</param>
/// <param name="Weights">Likewise, but where the gradient of an input alone is asked for.</param>
/// <param name="Constants">Those without a gradient; null where absent.</param>
internal readonly record struct OperandTensors(Tensor?[] Inputs, Tensor?[] Weights, Tensor?[] Constants)
{
    /// <summary>Inputs, weights, constants.</summary>
    public Tensor?[] All => [.. Inputs, .. Weights, .. Constants];

    /// <summary>Whether a gradient is asked for.</summary>
    public bool AskForGradients => Inputs.Any(IsAsked) || Weights.Any(IsAsked);

    private static bool IsAsked(Tensor? tensor) => tensor is { requires_grad: true };
}
