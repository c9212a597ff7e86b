using System.Runtime.Intrinsics;
using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// Batch normalisation with its activation and mask as one operation on the CPU in float32: two passes over memory each
/// way. Where second derivatives are asked for, its backward pass is written in plain tensor operations.
/// </summary>
internal sealed unsafe class FusedNorm : autograd.SingleTensorFunction<FusedNorm>
{
    private const string CallKey = "call";

    /// <inheritdoc/>
    public override string Name => nameof(FusedNorm);

    /// <summary>Whether this machine and these values take the fused path.</summary>
    public static bool Supports(Tensor x) =>
        Vector512.IsHardwareAccelerated && CpuKernels.Take(x)
        && x.shape[^1] >= ChannelRows.FewestChannels && x.NumberOfElements > 0
        && x.NumberOfElements / x.shape[^1] <= ChannelRows.MostRows;

    /// <summary>Mean and biased variance of the valid rows, without derivatives.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="mask">Valid rows, a prefix of (...) with trailing ones; null where all are.</param>
    /// <param name="count">Valid rows.</param>
    public static (Tensor Mean, Tensor Variance) Statistics(Tensor x, Tensor? mask, long count)
    {
        using var scope = NewDisposeScope();
        var (input, flags) = (x.detach().contiguous(), mask?.contiguous());
        var mean = empty(x.shape[^1], dtype: ScalarType.Float32);
        var variance = empty_like(mean);
        fixed (byte* p = input.bytes, m = flags is null ? default : flags.bytes, a = mean.bytes, v = variance.bytes)
            NormKernels.Statistics(Rows(x, flags, m), CpuKernels.Threads, (float*)p, (int)count, (float*)a, (float*)v);
        scope.MoveToOuter(mean);
        return (mean, scope.MoveToOuter(variance));
    }

    /// <summary>Normalises and activates.</summary>
    /// <param name="x">Shape (..., c).</param>
    /// <param name="mask">Valid rows; null where all are.</param>
    /// <param name="weight">Factors (c).</param>
    /// <param name="bias">Shape (c).</param>
    /// <param name="mean">What is subtracted (c).</param>
    /// <param name="variance">What is divided by the square root of (c).</param>
    /// <param name="call">Floor of the variance, activation, and whether mean and variance are those of x.</param>
    /// <returns>Shape (..., c), zero in rows of padding.</returns>
    public static Tensor Apply(
        Tensor x, Tensor? mask, Tensor weight, Tensor bias, Tensor mean, Tensor variance, NormCall call)
    {
        var needsGraph = is_grad_enabled() && (x.requires_grad || weight.requires_grad || bias.requires_grad);
        return needsGraph
            ? apply(x, weight, bias, mean, variance, mask!, call)
            : Forward(x, mask, weight, bias, mean, variance, call);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weight, bias) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        var (mean, variance, mask, call) = ((Tensor)vars[3], (Tensor)vars[4], (Tensor?)vars[5], (NormCall)vars[6]);
        // The running statistics change in place after an evaluation: copies keep what this call used.
        var (usedMean, usedVariance) = call.OfBatch ? (mean, variance) : (mean.clone(), variance.clone());
        ctx.save_data(CallKey, call);
        List<Tensor> saved = [x, weight, bias, usedMean, usedVariance];
        if (mask is not null) saved.Add(mask);
        ctx.save_for_backward(saved);
        return Forward(x, mask, weight, bias, mean, variance, call);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var (saved, call) = (ctx.get_saved_variables(), (NormCall)ctx.get_data(CallKey));
        var mask = saved.Count > 5 ? saved[5] : null;
        var gradients = is_grad_enabled()
            ? PlainGradients(saved, mask, call, gradient)
            : Backward(saved[0], mask, saved[1], saved[2], saved[3], saved[4], call, gradient);
        return scope.HandOn(gradient, [.. gradients, null, null, null, null]);
    }

    private static Tensor?[] PlainGradients(List<Tensor> saved, Tensor? mask, NormCall call, Tensor gradient) =>
        Derivative.WhereRequired(
            at =>
            {
                var (mean, variance) = call.OfBatch ? PlainNorm.Statistics(at[0], mask) : (saved[3], saved[4]);
                return PlainNorm.Apply(at[0], mask, at[1], at[2], mean, variance, call);
            },
            gradient, [saved[0]], saved[1], saved[2]);

    private static ChannelRows Rows(Tensor x, Tensor? mask, byte* flags)
    {
        var rows = x.NumberOfElements / x.shape[^1];
        return mask is null
            ? new ChannelRows((int)rows, (int)x.shape[^1], null, 1)
            : new ChannelRows((int)rows, (int)x.shape[^1], flags, (int)(rows / mask.NumberOfElements));
    }

    private static Tensor Forward(
        Tensor x, Tensor? mask, Tensor weight, Tensor bias, Tensor mean, Tensor variance, NormCall call)
    {
        using var scope = NewDisposeScope();
        var (input, flags) = (x.contiguous(), mask?.contiguous());
        var scale = weight * NormFloor.Inverse(mean, variance, call.Floor);
        var result = empty_like(input);
        fixed (byte* p = input.bytes, m = flags is null ? default : flags.bytes, y = result.bytes)
        fixed (byte* a = mean.bytes, s = scale.bytes, b = bias.bytes)
        {
            var (rows, threads) = (Rows(x, flags, m), CpuKernels.Threads);
            if (call.Activation == Activation.Swish)
                NormKernels.Forward<SwishKernel>(rows, threads, (float*)p, (float*)a, (float*)s, (float*)b, (float*)y);
            else if (call.Activation == Activation.Relu)
                NormKernels.Forward<ReluKernel>(rows, threads, (float*)p, (float*)a, (float*)s, (float*)b, (float*)y);
            else
                NormKernels.Forward<IdentityKernel>(
                    rows, threads, (float*)p, (float*)a, (float*)s, (float*)b, (float*)y);
        }
        return scope.MoveToOuter(result);
    }

    private static Tensor[] Backward(
        Tensor x, Tensor? mask, Tensor weight, Tensor bias, Tensor mean, Tensor variance, NormCall call,
        Tensor gradient)
    {
        var (input, flags, dy) = (x.contiguous(), mask?.contiguous(), gradient.contiguous());
        var inverse = NormFloor.Inverse(mean, variance, call.Floor);
        var scale = weight * inverse;
        var dx = empty_like(input);
        fixed (byte* p = input.bytes, m = flags is null ? default : flags.bytes, d = dy.bytes, r = dx.bytes)
        fixed (byte* a = mean.bytes, s = scale.bytes, b = bias.bytes)
        {
            var operands = new NormOperands((float*)p, (float*)d, (float*)a, (float*)s, (float*)b, (float*)r);
            var rows = Rows(x, flags, m);
            var (biasGradient, product) = call.Activation switch
            {
                Activation.Swish => Input<SwishKernel>(rows, operands, call, inverse, variance),
                Activation.Relu => Input<ReluKernel>(rows, operands, call, inverse, variance),
                _ => Input<IdentityKernel>(rows, operands, call, inverse, variance),
            };
            return [dx, product * inverse, biasGradient];
        }
    }

    /// <summary>Writes the input's gradient; returns the sums of dz and of dz · (x - mean).</summary>
    private static (Tensor Gradient, Tensor Product) Input<TActivation>(
        ChannelRows rows, NormOperands on, NormCall call, Tensor inverse, Tensor variance)
        where TActivation : struct, IActivationKernel
    {
        var (sumGradient, sumProduct) = (new double[rows.Channels], new double[rows.Channels]);
        NormKernels.BackwardSums<TActivation>(
            rows, CpuKernels.Threads, on.X, on.Gradient, on.Mean, on.Scale, on.Bias, sumGradient, sumProduct);
        var (slope, constant) = (new float[rows.Channels], new float[rows.Channels]);
        if (call.OfBatch)
        {
            var (root, spread) = (inverse.data<float>().ToArray(), variance.data<float>().ToArray());
            for (var c = 0; c < rows.Channels; c++)
            {
                constant[c] = (float)(-on.Scale[c] * sumGradient[c] / call.Count);
                // Below its floor the variance is a constant: nothing flows through it.
                slope[c] = spread[c] < NormFloor.Of(on.Mean[c], call.Floor)
                    ? 0
                    : (float)(-on.Scale[c] * (double)root[c] * root[c] * sumProduct[c] / call.Count);
            }
        }
        fixed (float* s = slope, k = constant)
            NormKernels.BackwardInput<TActivation>(
                rows, CpuKernels.Threads, on.X, on.Gradient, on.Mean, on.Scale, on.Bias, s, k, on.Result);
        return (tensor(sumGradient).to(ScalarType.Float32), tensor(sumProduct).to(ScalarType.Float32));
    }
}
