using LieConv.Kernels;
using LieConv.Layers;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>
/// The original's layers as plain as can be, on stored weights and recorded choices of points: the oracle where the
/// original does what we do not. Each use first shows that it reproduces the stored numbers.
/// </summary>
/// <param name="weights">Weights and statistics by the original's names.</param>
/// <param name="training">Whether batch norms use the batch.</param>
/// <param name="batchNorm">Whether there are batch norms.</param>
/// <param name="relu">ReLU instead of Swish.</param>
/// <param name="mean">Mean instead of sum.</param>
/// <param name="floor">Floor of the batch norms' variance.</param>
public sealed class OriginalTwin(
    IReadOnlyDictionary<string, Tensor> weights, bool training, bool batchNorm, bool relu, bool mean,
    double floor = MaskedBatchNorm.Epsilon)
{
    /// <summary>A twin of a case, whose parameters collect gradients of their own.</summary>
    public static OriginalTwin Of(CaseRun run)
    {
        var weights = run.Names("w.").ToDictionary(name => name[2..], name =>
        {
            var value = run.Array(name);
            return value.is_floating_point() ? value.requires_grad_() : value;
        });
        var config = run.Config;
        return new OriginalTwin(weights, config.Bool("train"), config.Bool("bn", true),
            config.Activation() == Activation.Relu, config.Bool("mean", true));
    }

    /// <summary>The weights.</summary>
    public IReadOnlyDictionary<string, Tensor> Weights => weights;

    /// <summary>Masked batch norm: padding counts neither in the sums nor in the number, but is shifted like the rest.</summary>
    public Tensor BatchNorm(Tensor x, Tensor mask, string key)
    {
        if (!batchNorm) return x;
        var dimensions = Enumerable.Range(0, (int)x.dim() - 1).Select(i => (long)i).ToArray();
        var valid = mask.expand(x.shape[..^1]);
        var clean = x.masked_fill(valid.logical_not().unsqueeze(-1), 0);
        var (average, variance) = (weights[key + "running_mean"], weights[key + "running_var"]);
        if (training)
        {
            var count = valid.sum();
            var sum = clean.sum(dimensions);
            average = sum / count;
            variance = ((clean * clean).sum(dimensions) - sum * average) / count;
        }
        var ratio = weights[key + "weight"] / variance.clamp(min: floor).sqrt();
        return clean * ratio + (weights[key + "bias"] - average * ratio);
    }

    /// <summary>The kernel network, padding included.</summary>
    public Tensor Kernel(Tensor relative, Tensor mask, string key)
    {
        var x = relative;
        foreach (var layer in new[] { 0, 3, 6 })
            x = Activate(BatchNorm(Linear(x, $"{key}{layer}.module."), mask, $"{key}{layer + 1}."));
        return x;
    }

    /// <summary>The convolution on recorded neighbours.</summary>
    /// <param name="values">Shape (b, n, c).</param>
    /// <param name="relative">Shape (b, m, k, d).</param>
    /// <param name="indices">Shape (b, m, k).</param>
    /// <param name="mask">Shape (b, m, k).</param>
    /// <param name="queryMask">Shape (b, m).</param>
    /// <param name="key">Where the weights are.</param>
    public Tensor Convolve(Tensor values, Tensor relative, Tensor indices, Tensor mask, Tensor queryMask, string key)
    {
        var absent = mask.logical_not().unsqueeze(-1);
        var kernel = Kernel(relative, mask, key + "weightnet.").masked_fill(absent, 0);
        var neighbours = Gather.Rows(values, indices).masked_fill(absent, 0);
        var summed = einsum("bmkc,bmku->bmcu", neighbours, kernel).flatten(2);
        var convolved = Linear(summed, key + "linear.");
        if (mean) convolved = convolved / mask.sum(-1, keepdim: true).clamp(min: 1);
        return convolved.masked_fill(queryMask.logical_not().unsqueeze(-1), 0);
    }

    /// <summary>The residual block, whose residual may come from other points than its convolution's.</summary>
    public (Tensor Pairs, Tensor Values, Tensor Mask) Block(
        (Tensor Pairs, Tensor Values, Tensor Mask) points, Tensor? residualPicks, Tensor? picks,
        Tensor indices, Tensor neighbourMask, string key)
    {
        var (pairs, values, mask) = points;
        var narrow = Linear(Activate(BatchNorm(values, mask, key + "net.0.")), key + "net.2.module.");
        var hidden = Activate(BatchNorm(narrow, mask, key + "net.3."));
        var rows = picks is null ? pairs : Gather.Rows(pairs, picks);                                      // (b, m, n, d)
        var left = picks is null ? mask : Gather.Rows(mask, picks);
        var relative = rows.gather(2, indices.unsqueeze(-1).expand([.. indices.shape, pairs.shape[^1]]));
        var convolved = Convolve(hidden, relative, indices, neighbourMask, left, key + "conv.");
        var wide = Linear(Activate(BatchNorm(convolved, left, key + "net.6.")), key + "net.8.module.");
        var residual = residualPicks is null ? values : Gather.Rows(values, residualPicks);
        wide = wide + nn.functional.pad(residual, [0, wide.shape[^1] - residual.shape[^1]]);
        if (picks is null) return (rows, wide, left);
        return (Subsampled(rows, picks), wide, left);
    }

    /// <summary>The pairs that remain, transposed: of two index arrays with a slice between them, the original's
    /// second one comes out first.</summary>
    /// <param name="rows">Pairs of the picked queries and all points, shape (b, m, n, d).</param>
    /// <param name="picks">Shape (b, m).</param>
    public static Tensor Subsampled(Tensor rows, Tensor picks) =>
        rows.gather(2, picks.unsqueeze(1).unsqueeze(-1).expand(-1, picks.shape[1], -1, rows.shape[^1])).transpose(1, 2);

    /// <summary>The head and the pooling after the blocks.</summary>
    public Tensor Head(Tensor values, Tensor mask, int layers, bool pool)
    {
        var x = Linear(Activate(BatchNorm(values, mask, $"net.{layers + 1}.")), $"net.{layers + 3}.module.");
        if (!pool) return x;
        var summed = x.masked_fill(mask.logical_not().unsqueeze(-1), 0).sum(1);
        return mean ? summed / mask.sum(-1, keepdim: true) : summed;
    }

    /// <summary>A linear layer.</summary>
    public Tensor Linear(Tensor x, string key) =>
        nn.functional.linear(x, weights[key + "weight"], weights[key + "bias"]);

    private Tensor Activate(Tensor x) => relu ? x.relu() : x * x.sigmoid();
}
