using LieConv.Training.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>The tensors of a checkpoint by name, the training's own.</summary>
internal static class CheckpointTensors
{
    public const string ModelPrefix = "model.";

    private const string CurrentPrefix = "current.";

    /// <summary>Collects them.</summary>
    /// <param name="model">The model as it is used.</param>
    /// <param name="optimizer">Its optimiser, or null.</param>
    /// <param name="average">The average that is lent to the model and so holds the current weights, or null.</param>
    public static Dictionary<string, Tensor> Collect(nn.Module model, Adam? optimizer, WeightAverage? average)
    {
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, tensor) in model.state_dict()) tensors[ModelPrefix + name] = tensor;
        if (optimizer is not null) AdamTensors.Collect(model, optimizer, tensors);
        if (average is null) return tensors;
        foreach (var (name, tensor) in average.Tensors) tensors[CurrentPrefix + name] = tensor;
        return tensors;
    }

    /// <summary>Whether the model's weights are an average, with the current ones beside.</summary>
    public static bool AreAveraged(IReadOnlyDictionary<string, Tensor> tensors) =>
        tensors.Keys.Any(name => name.StartsWith(CurrentPrefix, StringComparison.Ordinal));
}
