using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>The averages that Adam keeps, as named tensors. The optimiser must have been made from the same
/// model.</summary>
internal static class AdamTensors
{
    public const string Prefix = "adam.";

    /// <summary>For each parameter three tensors; those of the averages are the optimiser's own.</summary>
    public static void Collect(nn.Module model, Adam optimizer, Dictionary<string, Tensor> into)
    {
        foreach (var (name, state) in States(model, optimizer))
        {
            into[Prefix + "exp_avg." + name] = state.exp_avg;
            into[Prefix + "exp_avg_sq." + name] = state.exp_avg_sq;
            into[Prefix + "step." + name] = tensor(state.step, dtype: ScalarType.Int64);
        }
    }

    /// <summary>Copies the number of steps, which is no tensor of the optimiser's, from the collected tensors
    /// back.</summary>
    public static void RestoreSteps(nn.Module model, Adam optimizer, IReadOnlyDictionary<string, Tensor> from)
    {
        foreach (var (name, state) in States(model, optimizer))
            state.step = from[Prefix + "step." + name].item<long>();
    }

    /// <summary>Makes sure that a manifest says of the training what its optimiser says. A parameter that never had a
    /// gradient has made no steps, nor has any after an import of weights alone.</summary>
    /// <exception cref="InvalidDataException">If they disagree.</exception>
    public static void CheckSteps(string checkpoint, IReadOnlyDictionary<string, Tensor> tensors, long expected)
    {
        using var scope = NewDisposeScope();
        var most = tensors.Where(pair => pair.Key.StartsWith(Prefix + "step.", StringComparison.Ordinal))
            .Select(pair => pair.Value.to(ScalarType.Int64).sum().item<long>()).DefaultIfEmpty(0).Max();
        if (most != 0 && most != expected)
            throw new InvalidDataException(
                $"Checkpoint '{checkpoint}' is said to be after step {expected}, but its optimiser has made {most}.");
    }

    private static IEnumerable<(string Name, Adam.State State)> States(nn.Module model, Adam optimizer) =>
        model.named_parameters().Select(pair => pair.name).Zip(optimizer.state_dict().State.Cast<Adam.State>());
}
