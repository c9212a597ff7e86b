using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The convolution over all points of sets of different sizes without padding, in plain tensor operations: the products
/// with the weights run over all rows at once, those with the kernel over the sets of one size at a time.
/// </summary>
internal static class PackedConvolution
{
    /// <summary>Convolves.</summary>
    /// <param name="values">Shape (R, c).</param>
    /// <param name="kernel">Kernel values of the pairs, shape (P, 16).</param>
    /// <param name="groups">Runs of sets of one size.</param>
    /// <param name="weight">Shape (outputs, 16c), the channel outside.</param>
    /// <param name="bias">Shape (outputs).</param>
    /// <param name="products">What large products are computed in.</param>
    /// <returns>Shape (R, outputs).</returns>
    public static Tensor Apply(
        Tensor values, Tensor kernel, IReadOnlyList<PackedGroup> groups, Tensor weight, Tensor bias,
        ProductPrecision products)
    {
        var (c, units, outputs) = (values.shape[1], kernel.shape[1], weight.shape[0]);
        // Whichever side of the weights is narrower is what the sums over the points should run over.
        if (outputs > c)
        {
            var kernels = ByGroup(kernel);
            var sums = OverGroups(values, (set, group, rows) =>
                Aggregation.OverEverything(
                    rows.view(group.Sets, group.Points, 1, c),
                    kernels[set].view(group.Sets, group.Points, group.Points, units)).flatten(0, 2));
            return Products.Linear(sums, weight, bias, products);
        }
        var byUnit = weight.view(outputs, c, units).permute(2, 0, 1).reshape(units * outputs, c);
        var type = Products.FactorType(values, units * outputs, products);
        var factors = ByGroup(kernel.to(type));
        var transformed = Products.Linear(values.to(type), byUnit.to(type));                         // (R, 16 outputs)
        return bias + OverGroups(transformed, (set, group, rows) =>
            factors[set].view(group.Sets, group.Points, group.Points * units)
                .bmm(rows.view(group.Sets, group.Points * units, outputs)).flatten(0, 1)).to(values.dtype);

        Tensor[] ByGroup(Tensor pairs) =>
            pairs.split([.. groups.Select(group => group.Sets * group.Points * group.Points)]);

        Tensor OverGroups(Tensor rows, Func<int, PackedGroup, Tensor, Tensor> sum)
        {
            var parts = rows.split([.. groups.Select(group => group.Sets * group.Points)]);
            return cat([.. groups.Select((group, i) => sum(i, group, parts[i]))], 0);
        }
    }
}
