using LieConv.Models;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>Weights under the names of the original PyTorch code, both ways.</summary>
public static class OriginalWeights
{
    private const string RunningMean = "running_mean";

    private const string Images = "image network";

    /// <summary>
    /// All that PyTorch's load_state_dict asks for under strict=True: each convolution under both its names, and the
    /// batch counters, which nothing reads.
    /// </summary>
    /// <param name="ours">The state of a residual network or an image network; the result shares its tensors.</param>
    /// <param name="layers">Residual blocks.</param>
    public static Dictionary<string, Tensor> Export(IReadOnlyDictionary<string, Tensor> ours, int layers) =>
        Export(ours, new ResidualNames(Images, layers));

    /// <summary>All that PyTorch's load_state_dict asks for under strict=True.</summary>
    /// <param name="ours">The state of a network; the result shares its tensors.</param>
    /// <param name="names">The original's names.</param>
    public static Dictionary<string, Tensor> Export(IReadOnlyDictionary<string, Tensor> ours, IWeightNames names)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(names);
        var theirs = new Dictionary<string, Tensor>();
        foreach (var (name, tensor) in ours)
        {
            var first = names.ToOriginal(name);
            Add(theirs, first, tensor);
            if (names.SecondName(first) is { } second) Add(theirs, second, tensor);
        }
        foreach (var (name, tensor) in names.Unread(ours)) theirs[name] = tensor;
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
        IReadOnlyDictionary<string, Tensor> theirs, IReadOnlyDictionary<string, Tensor> ours, int layers, string file) =>
        Import(theirs, ours, new ResidualNames(Images, layers), file);

    /// <summary>Copies the original's weights into the state of a network, all or none; types are converted.</summary>
    /// <param name="theirs">The original's tensors; a common prefix, such as that of a wrapper, is passed over.</param>
    /// <param name="ours">The state to overwrite.</param>
    /// <param name="names">The original's names.</param>
    /// <param name="file">Name of the source for messages.</param>
    /// <exception cref="InvalidDataException">As for the other overload: one sentence.</exception>
    public static void Import(
        IReadOnlyDictionary<string, Tensor> theirs, IReadOnlyDictionary<string, Tensor> ours, IWeightNames names,
        string file)
    {
        ArgumentNullException.ThrowIfNull(theirs);
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(names);
        var landmark = theirs.Keys.FirstOrDefault(key =>
                key == names.Landmark || key.EndsWith("." + names.Landmark, StringComparison.Ordinal))
            ?? throw new InvalidDataException(
                $"'{file}' has no tensor '{names.Landmark}': it is not the original's {names.Network}.");
        var prefix = landmark[..^names.Landmark.Length];
        WeightFaults.Check(theirs, file);
        using var scope = NewDisposeScope();
        CheckSecondNames(theirs, names, prefix, file);
        var source = new Dictionary<string, Tensor>();
        foreach (var (key, tensor) in theirs)
        {
            var name = key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : key;
            if (!names.IsLeftOut(name)) source[name] = tensor.to(ScalarType.Float64);
        }
        var target = ours.ToDictionary(pair => names.ToOriginal(pair.Key), pair => pair.Value);

        // Checked and copied in float64, whatever the types: a conversion to float32 is the wanted rounding.
        var wide = target.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float64, copy: true));
        TensorTransfer.CopyAll(source, wide, file);
        using var off = no_grad();
        foreach (var (name, tensor) in target) tensor.copy_(wide[name]);
    }

    /// <summary>Requires that a tensor listed twice is the same under both names: else nobody knows which one was
    /// meant.</summary>
    private static void CheckSecondNames(
        IReadOnlyDictionary<string, Tensor> theirs, IWeightNames names, string prefix, string file)
    {
        foreach (var (key, tensor) in theirs)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (names.SecondName(key[prefix.Length..]) is not { } second ||
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
