using static TorchSharp.torch;

namespace LieConv.Internal;

/// <summary>Checks at public entry points, each with one sentence that names the argument.</summary>
internal static class TensorGuard
{
    /// <summary>Throws unless the tensor has these dimensions; null stands for any size.</summary>
    public static void HasShape(Tensor tensor, string name, string pattern, params long?[] sizes)
    {
        var shape = tensor.shape;
        var fits = shape.Length == sizes.Length;
        for (var i = 0; fits && i < sizes.Length; i++) fits = sizes[i] is null || sizes[i] == shape[i];
        if (fits) return;
        var expected = string.Join(", ", sizes.Select(size => size?.ToString() ?? "any"));
        throw new ArgumentException(
            $"{name} has shape ({string.Join(", ", shape)}); expected {pattern} = ({expected}).", name);
    }

    /// <summary>Throws one exception that lists all errors, if there are any.</summary>
    public static void IsValid(IReadOnlyList<string> errors, string name)
    {
        if (errors.Count > 0) throw new ArgumentException(string.Join(" ", errors), name);
    }
}
