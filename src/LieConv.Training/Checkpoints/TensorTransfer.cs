using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>Copies named tensors into those of a model, all or none.</summary>
internal static class TensorTransfer
{
    /// <summary>Checks names, shapes and types first; copies only if all agree.</summary>
    /// <param name="source">Tensors as loaded.</param>
    /// <param name="target">Tensors to overwrite.</param>
    /// <param name="file">Name of the source for messages.</param>
    /// <exception cref="InvalidDataException">If the two do not agree: one sentence about the first
    /// difference.</exception>
    public static void CopyAll(
        IReadOnlyDictionary<string, Tensor> source, IReadOnlyDictionary<string, Tensor> target, string file)
    {
        foreach (var (name, wanted) in target)
        {
            if (!source.TryGetValue(name, out var found))
                throw new InvalidDataException($"'{file}' lacks tensor '{name}', which this model has.");
            if (!found.shape.SequenceEqual(wanted.shape))
                throw new InvalidDataException(
                    $"Tensor '{name}' of '{file}' has shape {Shape(found)}; this model expects {Shape(wanted)}.");
            if (found.dtype != wanted.dtype)
                throw new InvalidDataException(
                    $"Tensor '{name}' of '{file}' is {found.dtype}; this model expects {wanted.dtype}.");
        }
        if (source.Keys.FirstOrDefault(name => !target.ContainsKey(name)) is { } extra)
            throw new InvalidDataException($"'{file}' holds tensor '{extra}', which this model lacks.");

        using var off = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, wanted) in target) wanted.copy_(source[name]);
    }

    private static string Shape(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";
}
