using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// Batch normalisation with its activation and mask as one operation on the CPU in float32: two passes over memory each
/// way. Where second derivatives are asked for, its backward pass is written in plain tensor operations.
/// </summary>
internal sealed unsafe class FusedNorm : FusedOperation<FusedNorm, NormTensors>, IKeepsOther<NormTensors>
{
    /// <summary>Whether this machine and these values take the fused path.</summary>
    public static bool Supports(Tensor x) =>
        CpuKernels.AreFast && CpuKernels.Take(x)
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
        {
            var (rows, threads) = (Rows(x, flags, m), CpuKernels.Threads);
            float* values = (float*)p, centre = (float*)a, spread = (float*)v;
            if (CpuKernels.AreWide) NormKernels<Floats16>.Statistics(rows, threads, values, (int)count, centre, spread);
            else NormKernels<Floats8>.Statistics(rows, threads, values, (int)count, centre, spread);
        }
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
        Tensor x, Tensor? mask, Tensor weight, Tensor bias, Tensor mean, Tensor variance, NormCall call) =>
        Run(new(x, mask, weight, bias, mean, variance, call));

    /// <inheritdoc/>
    protected override OperandTensors Tensors(NormTensors on) =>
        new([on.X], [on.Weight, on.Bias], [on.Mean, on.Variance, on.Mask]);

    /// <inheritdoc/>
    protected override NormTensors With(NormTensors on, Tensor?[] tensors) =>
        new(tensors[0]!, tensors[5], tensors[1]!, tensors[2]!, tensors[3]!, tensors[4]!, on.Call);

    /// <summary>The running statistics change in place after an evaluation: copies keep what this call used.</summary>
    NormTensors IKeepsOther<NormTensors>.Kept(NormTensors on) =>
        on.Call.OfBatch ? on : on with { Mean = on.Mean.clone(), Variance = on.Variance.clone() };

    /// <inheritdoc/>
    protected override Tensor Plain(NormTensors on)
    {
        var (mean, variance) = on.Call.OfBatch ? PlainNorm.Statistics(on.X, on.Mask) : (on.Mean, on.Variance);
        return PlainNorm.Apply(on.X, on.Mask, on.Weight, on.Bias, mean, variance, on.Call);
    }

    private static ChannelRows Rows(Tensor x, Tensor? mask, byte* flags)
    {
        var rows = x.NumberOfElements / x.shape[^1];
        return mask is null
            ? new ChannelRows((int)rows, (int)x.shape[^1], null, 1)
            : new ChannelRows((int)rows, (int)x.shape[^1], flags, (int)(rows / mask.NumberOfElements));
    }

    /// <inheritdoc/>
    protected override Tensor Fast(NormTensors on)
    {
        var (x, mask, weight, bias, mean, variance, call) = on;
        var (input, flags) = (x.contiguous(), mask?.contiguous());
        var scale = weight * NormFloor.Inverse(mean, variance, call.Floor);
        var result = empty_like(input);
        fixed (byte* p = input.bytes, m = flags is null ? default : flags.bytes, y = result.bytes)
        fixed (byte* a = mean.bytes, s = scale.bytes, b = bias.bytes)
        {
            var memory = new NormOperands
            {
                X = (float*)p, Mean = (float*)a, Scale = (float*)s, Bias = (float*)b, Result = (float*)y,
            };
            var rows = Rows(x, flags, m);
            if (CpuKernels.AreWide) Forward<Floats16>(rows, memory, call.Activation);
            else Forward<Floats8>(rows, memory, call.Activation);
        }
        return result;
    }

    private static void Forward<TVector>(ChannelRows rows, NormOperands on, Activation? activation)
        where TVector : struct, IFloats<TVector>
    {
        var threads = CpuKernels.Threads;
        if (activation == Activation.Swish) NormKernels<TVector>.Forward<SwishKernel>(rows, threads, on);
        else if (activation == Activation.Relu) NormKernels<TVector>.Forward<ReluKernel>(rows, threads, on);
        else NormKernels<TVector>.Forward<IdentityKernel>(rows, threads, on);
    }

    /// <inheritdoc/>
    protected override Tensor?[] FastGradients(NormTensors on, Tensor gradient)
    {
        var (x, mask, weight, bias, mean, variance, call) = on;
        var (input, flags, dy) = (x.contiguous(), mask?.contiguous(), gradient.contiguous());
        var inverse = NormFloor.Inverse(mean, variance, call.Floor);
        var scale = weight * inverse;
        var dx = empty_like(input);
        fixed (byte* p = input.bytes, m = flags is null ? default : flags.bytes, d = dy.bytes, r = dx.bytes)
        fixed (byte* a = mean.bytes, s = scale.bytes, b = bias.bytes)
        {
            var memory = new NormOperands
            {
                X = (float*)p, Gradient = (float*)d, Mean = (float*)a, Scale = (float*)s, Bias = (float*)b,
                Result = (float*)r,
            };
            var rows = Rows(x, flags, m);
            var (biasGradient, product) = CpuKernels.AreWide
                ? Input<Floats16>(rows, memory, call, inverse, variance)
                : Input<Floats8>(rows, memory, call, inverse, variance);
            return [dx, product * inverse, biasGradient];
        }
    }

    private static (Tensor Gradient, Tensor Product) Input<TVector>(
        ChannelRows rows, NormOperands on, NormCall call, Tensor inverse, Tensor variance)
        where TVector : struct, IFloats<TVector> => call.Activation switch
        {
            Activation.Swish => Input<SwishKernel, TVector>(rows, on, call, inverse, variance),
            Activation.Relu => Input<ReluKernel, TVector>(rows, on, call, inverse, variance),
            _ => Input<IdentityKernel, TVector>(rows, on, call, inverse, variance),
        };

    /// <summary>Writes the input's gradient; returns the sums of dz and of dz · (x - mean).</summary>
    private static (Tensor Gradient, Tensor Product) Input<TActivation, TVector>(
        ChannelRows rows, NormOperands on, NormCall call, Tensor inverse, Tensor variance)
        where TActivation : struct, IActivationKernel
        where TVector : struct, IFloats<TVector>
    {
        var (sumGradient, sumProduct) = (new double[rows.Channels], new double[rows.Channels]);
        NormKernels<TVector>.BackwardSums<TActivation>(rows, CpuKernels.Threads, on, sumGradient, sumProduct);
        var (slope, constant) = (new float[rows.Channels], new float[rows.Channels]);
        if (call.OfBatch)
        {
            var (root, spread) = (inverse.data<float>().ToArray(), variance.data<float>().ToArray());
            for (var c = 0; c < rows.Channels; c++)
            {
                constant[c] = (float)(-on.Scale[c] * sumGradient[c] / call.Count);
                // Below its floor the variance is a constant: nothing flows through it.
                slope[c] = spread[c] < NormFloor.Compute(on.Mean[c], call.Floor)
                    ? 0
                    : (float)(-on.Scale[c] * (double)root[c] * root[c] * sumProduct[c] / call.Count);
            }
        }
        fixed (float* s = slope, k = constant)
            NormKernels<TVector>.BackwardInput<TActivation>(rows, CpuKernels.Threads, on, s, k);
        return (tensor(sumGradient).to(ScalarType.Float32), tensor(sumProduct).to(ScalarType.Float32));
    }
}
