using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>Compares through the twin: it must give what is stored, and without the original's fault what we give.</summary>
public static class TwinComparison
{
    /// <summary>Biases that batch norms take away hold round-off; in single precision it is compared on this scale.</summary>
    private const double SingleBias = 1e-3;

    /// <summary>Outputs and gradients by the case's names, of one run of the twin after its backward pass.</summary>
    public static Dictionary<string, Tensor> Results(
        CaseRun run, OriginalTwin twin, params (string Name, Tensor Value)[] others)
    {
        var results = twin.Weights.Where(item => run.Has("g.w." + item.Key))
            .ToDictionary(item => "g.w." + item.Key, item => OriginalWeights.GradientOf(item.Value));
        foreach (var (name, value) in others.Where(other => run.Has(other.Name))) results[name] = value;
        return results;
    }

    /// <summary>Compares.</summary>
    /// <param name="run">The case.</param>
    /// <param name="recorded">The twin with the original's fault.</param>
    /// <param name="right">The twin without it.</param>
    /// <param name="ours">Our results.</param>
    public static void Check(
        CaseRun run, Dictionary<string, Tensor> recorded, Dictionary<string, Tensor> right,
        IEnumerable<(string Name, Tensor Value)> ours)
    {
        foreach (var (name, value) in recorded) run.Check(name, value);
        foreach (var (name, value) in ours.Where(result => right.ContainsKey(result.Name)))
        {
            var bias = run.SinglePrecision && name.EndsWith("module.bias", StringComparison.Ordinal);
            run.CheckRight(name, value, right[name], bias ? SingleBias : null);
        }
    }

    /// <summary>The gradients of a module by the case's names.</summary>
    public static IEnumerable<(string Name, Tensor Value)> Gradients(nn.Module module, OriginalWeights weights) =>
        module.named_parameters().Select(
            item => ("g.w." + weights.Their(item.name), OriginalWeights.GradientOf(item.parameter)));
}
