using static TorchSharp.torch;

namespace LieConv.Training.Learning;

/// <summary>What a batch of training examples gave.</summary>
/// <param name="Mean">The mean loss to be minimised, a 0-d tensor with a gradient.</param>
/// <param name="Sums">Further figures, summed over the batch's examples, by name.</param>
public readonly record struct BatchLoss(Tensor Mean, IReadOnlyDictionary<string, double> Sums);
