using System.Globalization;
using static TorchSharp.torch;

namespace LieConv.Training.Checkpoints;

/// <summary>What no weights may hold. A network with such weights still gives answers, and they mean nothing.</summary>
internal static class WeightFaults
{
    /// <summary>Ends of the names of tensors that are variances: batch norm's, and Adam's mean squares.</summary>
    private static readonly string[] Variances = ["running_var", "exp_avg_sq"];

    /// <summary>Requires finite numbers, and variances of at least 0.</summary>
    /// <param name="tensors">Tensors by name.</param>
    /// <param name="file">Name of their source for the message.</param>
    /// <exception cref="InvalidDataException">The first fault in the order of the names: one sentence.</exception>
    public static void Check(IReadOnlyDictionary<string, Tensor> tensors, string file)
    {
        if (First(tensors) is { } fault) throw new InvalidDataException($"'{file}': {fault}.");
    }

    /// <summary>The first fault in the order of the names, as half a sentence; null where there is none.</summary>
    public static string? First(IReadOnlyDictionary<string, Tensor> tensors) => tensors
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => Find(pair.Key, pair.Value)).FirstOrDefault(fault => fault is not null);

    private static string? Find(string name, Tensor tensor)
    {
        if (!tensor.is_floating_point() || tensor.NumberOfElements == 0) return null;
        using var scope = NewDisposeScope();
        using var off = no_grad();
        // Of no number at all, min and max are not a number either.
        var (least, most) = (Number(tensor.min()), Number(tensor.max()));
        if (!double.IsFinite(least) || !double.IsFinite(most))
        {
            var bad = tensor.isfinite().logical_not();
            var first = Number(tensor.masked_select(bad)[0]);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"tensor '{name}' holds {first} ({bad.sum().item<long>()} of {tensor.NumberOfElements} numbers are not " +
                $"finite); expected finite weights");
        }
        return least < 0 && IsVariance(name)
            ? string.Create(
                CultureInfo.InvariantCulture, $"tensor '{name}' holds the variance {least:G6}; expected 0 or more")
            : null;
    }

    /// <summary>Batch norm's name ends so; Adam's has the parameter's name after it.</summary>
    private static bool IsVariance(string name) =>
        Variances.Any(variance => name.Split('.').Contains(variance));

    private static double Number(Tensor value) => value.to(ScalarType.Float64).item<double>();
}
