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

    private static IEnumerable<(string Name, Adam.State State)> States(nn.Module model, Adam optimizer) =>
        model.named_parameters().Select(pair => pair.name).Zip(optimizer.state_dict().State.Cast<Adam.State>());
}
