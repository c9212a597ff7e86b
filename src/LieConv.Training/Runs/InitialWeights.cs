using LieConv.Serialization;
using LieConv.Training.Checkpoints;
using static TorchSharp.torch;

namespace LieConv.Training.Runs;

/// <summary>Weights of another network that a training begins with: all that agree by name and shape.</summary>
internal sealed class InitialWeights : IDisposable
{
    private const int MostNamed = 6;

    private readonly string _source;
    private readonly SafetensorsContents _contents;
    private readonly Dictionary<string, Tensor> _theirs;

    private InitialWeights(string source, SafetensorsContents contents, string prefix)
    {
        (_source, _contents) = (source, contents);
        _theirs = contents.Tensors.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
    }

    /// <summary>Reads the weights of a run's best checkpoint, and without one of its last, or of a file.</summary>
    /// <param name="source">The run's folder, or a .safetensors file.</param>
    /// <exception cref="InvalidDataException">If there is neither, or it is damaged: one sentence.</exception>
    public static InitialWeights Read(string source)
    {
        if (File.Exists(source)) return new InitialWeights(source, Safetensors.Read(source), "");
        if (!Directory.Exists(source))
            throw new InvalidDataException(
                $"There is no run or file '{source}' to begin with; expected a run's folder or a .safetensors file.");
        var checkpoints = RunFolder.Open(source).Checkpoints;
        return new InitialWeights(source, checkpoints.Read(checkpoints.Preferred), CheckpointStore.ModelPrefix);
    }

    /// <summary>Requires that something can be taken, and nothing that no weights may hold.</summary>
    /// <exception cref="InvalidDataException">If not: one sentence.</exception>
    public void Check(nn.Module model)
    {
        using var scope = NewDisposeScope();
        var ours = model.state_dict();
        if (!ours.Any(pair => Fits(pair.Key, pair.Value)))
            throw new InvalidDataException(
                $"'{_source}' has no tensor that this network has, by name and shape; expected the weights of a similar network.");
        WeightFaults.Check(_theirs, _source);
    }

    /// <summary>Copies what fits.</summary>
    /// <param name="model">The network.</param>
    /// <param name="say">Told what was taken and what was not.</param>
    public void Copy(nn.Module model, Action<string> say)
    {
        Check(model);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var ours = model.state_dict();
        string[] taken = [.. ours.Where(pair => Fits(pair.Key, pair.Value)).Select(pair => pair.Key)];
        foreach (var name in taken) ours[name].copy_(_theirs[name]);
        var kept = ours.Where(pair => !Fits(pair.Key, pair.Value)).Select(pair =>
            _theirs.TryGetValue(pair.Key, out var other)
                ? $"{pair.Key} {Shape(pair.Value)}, there {Shape(other)}"
                : $"{pair.Key}, not there").ToArray();
        var unused = _theirs.Keys.Where(name => !ours.ContainsKey(name)).ToArray();
        say($"Begins with {taken.Length} of this network's {ours.Count} tensors from '{_source}'" +
            (kept.Length == 0 ? "" : $"; as initialised: {List(kept)}") +
            (unused.Length == 0 ? "" : $"; not taken from there: {List(unused)}") + ".");
    }

    /// <inheritdoc/>
    public void Dispose() => _contents.Dispose();

    private bool Fits(string name, Tensor own) =>
        _theirs.TryGetValue(name, out var other) && other.shape.SequenceEqual(own.shape) &&
        other.is_floating_point() == own.is_floating_point();

    private static string Shape(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";

    private static string List(string[] names) => names.Length <= MostNamed
        ? string.Join(", ", names)
        : $"{string.Join(", ", names[..MostNamed])} and {names.Length - MostNamed} more";
}
