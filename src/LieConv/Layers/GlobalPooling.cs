using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>Reduces the values of a set to one vector.</summary>
public static class GlobalPooling
{
    /// <summary>Mean or sum over the valid points; an item without any gives zeros.</summary>
    /// <param name="values">Shape (g, n, r, c).</param>
    /// <param name="mask">Valid points, shape (g, n); null where all are.</param>
    /// <param name="mean">Mean or sum.</param>
    /// <returns>Shape (g, r, c).</returns>
    /// <exception cref="ArgumentException">If a shape does not fit.</exception>
    public static Tensor Pool(Tensor values, Tensor? mask, bool mean)
    {
        Guard.HasShape(values, nameof(values), "(g, n, r, c)", null, null, null, null);
        Guard.IsFloating(values, nameof(values));
        Guard.IsRowMask(mask, values.shape.AsSpan(..2), nameof(mask), values);
        if (mask is null) return mean ? values.mean([1L]) : values.sum(1);
        using var scope = NewDisposeScope();
        var summed = values.masked_fill(mask.logical_not().unsqueeze(-1).unsqueeze(-1), Scalars.Of(0)).sum(1);
        return scope.MoveToOuter(
            mean ? summed / mask.sum(1).clamp(min: Scalars.Of(1)).unsqueeze(-1).unsqueeze(-1) : summed);
    }
}
