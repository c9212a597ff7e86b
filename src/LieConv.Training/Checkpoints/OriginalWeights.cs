using LieConv.Models;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>Weights under the names of the original PyTorch code, both ways.</summary>
public static class OriginalWeights
{
    private const string RunningMean = "running_mean";

    /// <summary>A key that every network of the original has; what stands before it wraps the network.</summary>
    private const string Landmark = "net.0.module.weight";

    /// <summary>
    /// All that PyTorch's load_state_dict asks for under strict=True: each convolution under both its names, and the
    /// batch counters, which nothing reads.
    /// </summary>
    /// <param name="ours">The state of a residual network or an image network; the result shares its tensors.</param>
    /// <param name="layers">Residual blocks.</param>
    public static Dictionary<string, Tensor> Export(IReadOnlyDictionary<string, Tensor> ours, int layers)
    {
        ArgumentNullException.ThrowIfNull(ours);
        var theirs = new Dictionary<string, Tensor>();
        foreach (var (name, tensor) in ours)
        {
            var first = OriginalStateDict.FromOurs(name, layers);
            Add(theirs, first, tensor);
            if (OriginalStateDict.SecondName(first) is { } second) Add(theirs, second, tensor);
        }
        return theirs;
    }

    /// <summary>Copies the original's weights into the state of a network, all or none; types are converted.</summary>
    /// <param name="theirs">The original's tensors; a common prefix, such as that of a wrapper, is passed over.</param>
    /// <param name="ours">The state to overwrite.</param>
    /// <param name="layers">Residual blocks.</param>
    /// <param name="file">Name of the source for messages.</param>
    /// <exception cref="InvalidDataException">If names or shapes do not agree, the two names of one tensor hold different
    /// numbers, or a number is not finite: one sentence.</exception>
    public static void Import(
        IReadOnlyDictionary<string, Tensor> theirs, IReadOnlyDictionary<string, Tensor> ours, int layers, string file)
    {
        ArgumentNullException.ThrowIfNull(theirs);
        ArgumentNullException.ThrowIfNull(ours);
        var landmark = theirs.Keys.FirstOrDefault(key =>
                key == Landmark || key.EndsWith("." + Landmark, StringComparison.Ordinal))
            ?? throw new InvalidDataException(
                $"'{file}' has no tensor '{Landmark}': it is not the original's image network.");
        var prefix = landmark[..^Landmark.Length];
        WeightFaults.Check(theirs, file);
        using var scope = NewDisposeScope();
        CheckSecondNames(theirs, prefix, file);
        var source = new Dictionary<string, Tensor>();
        foreach (var (key, tensor) in theirs)
        {
            var name = key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : key;
            if (!OriginalStateDict.IsRedundant(name)) source[name] = tensor.to(ScalarType.Float64);
        }
        var target = ours.ToDictionary(pair => OriginalStateDict.FromOurs(pair.Key, layers), pair => pair.Value);

        // Checked and copied in float64, whatever the types: a conversion to float32 is the wanted rounding.
        var wide = target.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float64, copy: true));
        TensorTransfer.CopyAll(source, wide, file);
        using var off = no_grad();
        foreach (var (name, tensor) in target) tensor.copy_(wide[name]);
    }

    /// <summary>Requires that a tensor listed twice is the same under both names: else nobody knows which one was
    /// meant.</summary>
    private static void CheckSecondNames(IReadOnlyDictionary<string, Tensor> theirs, string prefix, string file)
    {
        foreach (var (key, tensor) in theirs)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (OriginalStateDict.SecondName(key[prefix.Length..]) is not { } second ||
                !theirs.TryGetValue(prefix + second, out var repeated)) continue;
            if (tensor.shape.AsSpan().SequenceEqual(repeated.shape)
                && tensor.to(ScalarType.Float64).eq(repeated.to(ScalarType.Float64)).all().item<bool>()) continue;
            throw new InvalidDataException(
                $"'{file}' holds one tensor under two names, '{key}' and '{prefix + second}', with different numbers; " +
                "expected the same.");
        }
    }

    private static void Add(Dictionary<string, Tensor> theirs, string name, Tensor tensor)
    {
        theirs[name] = tensor;
        if (name.EndsWith(RunningMean, StringComparison.Ordinal))
            theirs[name[..^RunningMean.Length] + OriginalStateDict.UnusedCounter] = zeros([], ScalarType.Int64);
    }
}
