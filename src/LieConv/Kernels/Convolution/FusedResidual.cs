using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// A block's result plus its input at the remaining points, whose channels are the first of the result's: in one pass
/// over memory on the CPU in float32, where tensor operations gather, pad and add.
/// </summary>
internal sealed unsafe class FusedResidual : CpuOperation<FusedResidual, ResidualTensors>,
    IKeepsOther<ResidualTensors>
{
    /// <summary>Adds.</summary>
    /// <param name="wide">Shape (g, m, r, o).</param>
    /// <param name="values">Shape (g, n, r, c) with c at most o.</param>
    /// <param name="picks">The remaining points, shape (g, m); null where all remain and m = n.</param>
    /// <returns>Shape (g, m, r, o).</returns>
    public static Tensor Apply(Tensor wide, Tensor values, Tensor? picks)
    {
        if (!Supports(wide) || !Supports(values)) return Plain(wide, values, picks);
        if (picks is not null) FusedConvolution.CheckIndices(picks, values.shape[1]);
        return Run(new(wide, values, picks, values.shape));
    }

    /// <summary>The same in plain tensor operations. Out of place: libtorch refuses autograd.grad through a slice that
    /// is added to.</summary>
    public static Tensor Plain(Tensor wide, Tensor values, Tensor? picks)
    {
        var residual = picks is null ? values : Gather.Rows(values, picks);
        var missing = wide.shape[^1] - residual.shape[^1];
        return wide + (missing == 0 ? residual : nn.functional.pad(residual, [0, missing]));
    }

    /// <inheritdoc/>
    protected override OperandTensors Tensors(ResidualTensors on) => new([on.Wide, on.Values], [], [on.Picks]);

    /// <inheritdoc/>
    protected override ResidualTensors With(ResidualTensors on, Tensor?[] tensors) =>
        on with { Wide = tensors[0]!, Values = tensors[1]!, Picks = tensors[2] };

    ResidualTensors IKeepsOther<ResidualTensors>.Kept(ResidualTensors on) => With(on, [null, null, on.Picks]);

    /// <inheritdoc/>
    protected override Tensor?[] Gradients(ResidualTensors on, Tensor gradient)
    {
        var (picks, shape) = (on.Picks, on.ValuesShape);
        var ofValues = gradient.narrow(-1, 0, shape[^1]);
        if (picks is not null)
            ofValues = is_grad_enabled() || !Supports(gradient)
                ? Scattered(ofValues, picks, shape)
                : ScatteredAtOnce(gradient, picks, shape);
        return [gradient.alias(), ofValues];
    }

    /// <summary>Rows (g, m, r, c) added to those of the points that they belong to, of (g, n, r, c).</summary>
    private static Tensor Scattered(Tensor rows, Tensor picks, long[] shape) =>
        zeros([shape[0] * shape[1], .. shape[2..]], dtype: rows.dtype, device: rows.device)
            .index_add(0, Gather.Flat(picks, shape[1]), rows.flatten(0, 1), Scalars.Of(1)).view(shape);

    /// <summary>The same in one pass; each task owns some of the items, hence what it adds to.</summary>
    private static Tensor ScatteredAtOnce(Tensor gradient, Tensor picks, long[] shape)
    {
        (gradient, picks) = (gradient.contiguous(), picks.contiguous());
        var result = empty(shape, ScalarType.Float32);
        var (points, items, channels) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        var (queries, outputs) = ((int)gradient.shape[1], (int)gradient.shape[3]);
        fixed (byte* g = gradient.bytes, p = picks.bytes, y = result.bytes)
        {
            var (from, chosen, to) = ((nint)g, (nint)p, (nint)y);
            Parallel.For(0, (int)shape[0] * items, CpuKernels.Threads, task =>
            {
                var (geometry, item) = Math.DivRem(task, items);
                var target = (float*)to + ((nint)geometry * points * items + item) * channels;
                for (var point = 0; point < points; point++)
                    new Span<float>(target + (nint)point * items * channels, channels).Clear();
                for (var q = 0; q < queries; q++)
                {
                    var query = (nint)geometry * queries + q;
                    Summation.Add(
                        target + (nint)((long*)chosen)[query] * items * channels,
                        (float*)from + (query * items + item) * outputs, channels);
                }
            });
        }
        return result;
    }

    private static bool Supports(Tensor tensor) =>
        CpuKernels.Take(tensor) && tensor.NumberOfElements < Array.MaxLength / sizeof(float);

    /// <inheritdoc/>
    protected override Tensor Fast(ResidualTensors on)
    {
        var (wide, values, picks) = (on.Wide.contiguous(), on.Values.contiguous(), on.Picks?.contiguous());
        var result = empty_like(wide);
        var shape = wide.shape;
        var (queries, points, rows) = ((int)shape[1], (int)values.shape[1], (int)shape[2]);
        var (outputs, channels) = ((int)shape[3], (int)values.shape[3]);
        fixed (byte* w = wide.bytes, v = values.bytes, y = result.bytes, p = picks is null ? default : picks.bytes)
        {
            var (from, added, to, chosen) = ((nint)w, (nint)v, (nint)y, (nint)p);
            Parallel.For(0, (int)shape[0] * queries, CpuKernels.Threads, query =>
            {
                var point = chosen == 0
                    ? query
                    : (nint)(query / queries) * points + (nint)((long*)chosen)[query];
                var target = (float*)to + (nint)query * rows * outputs;
                new Span<float>((float*)from + (nint)query * rows * outputs, rows * outputs)
                    .CopyTo(new Span<float>(target, rows * outputs));
                for (var row = 0; row < rows; row++)
                    Summation.Add(
                        target + (nint)row * outputs, (float*)added + (point * rows + row) * channels, channels);
            });
        }
        return result;
    }
}
