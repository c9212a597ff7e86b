using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The kernel network as one operation on the CPU in float32. Plain operations keep a dozen tensors of up to 32 numbers
/// a pair for the backward pass; this keeps the coordinates alone, and forms the rest anew in blocks that stay in cache
/// (docs/decisions/002). Where second derivatives are asked for, its backward pass is written in plain tensor
/// operations.
/// </summary>
internal sealed unsafe class FusedKernelNetwork : FusedOperation<FusedKernelNetwork, KernelNetworkTensors>
{
    /// <summary>Whether this machine and these coordinates take the fused path.</summary>
    public static bool Supports(Tensor relative) =>
        CpuKernels.AreFast && CpuKernels.Take(relative) && relative.NumberOfElements > 0
        && relative.NumberOfElements / relative.shape[^1] <= PairChunks.MostPairs;

    /// <summary>Evaluates the network.</summary>
    /// <param name="relative">Shape (..., d).</param>
    /// <param name="mask">Valid pairs, a prefix of (...) with trailing ones; null where all are.</param>
    /// <param name="parameters">By layer: weight, bias, and where there is a norm its weight and bias.</param>
    /// <param name="mean">Of all layers' units (80): statistics to use, or where those of the batch are asked for,
    /// memory that takes them; null without norms.</param>
    /// <param name="variance">Biased, likewise.</param>
    /// <param name="call">What is asked for.</param>
    /// <returns>Shape (..., 16), zero where the mask is false.</returns>
    public static Tensor Apply(
        Tensor relative, Tensor? mask, IReadOnlyList<Tensor> parameters, Tensor? mean, Tensor? variance,
        KernelCall call) =>
        Run(new(relative, mask, parameters, mean, variance, call));

    /// <inheritdoc/>
    protected override OperandTensors Tensors(KernelNetworkTensors on) =>
        new([on.Relative], [.. on.Parameters], [on.Mean, on.Variance, on.Mask]);

    /// <inheritdoc/>
    protected override KernelNetworkTensors With(KernelNetworkTensors on, Tensor?[] tensors) =>
        new(tensors[0]!, tensors[^1], tensors[1..^3]!, tensors[^3], tensors[^2], on.Call);

    /// <inheritdoc/>
    protected override Tensor Plain(KernelNetworkTensors on) => PlainKernelNetwork.Apply(on);

    private static PairChunks Chunks(Tensor relative, Tensor? mask, byte* flags)
    {
        var pairs = relative.NumberOfElements / relative.shape[^1];
        return new PairChunks((int)pairs, flags, mask is null ? 1 : (int)(pairs / mask.NumberOfElements));
    }

    /// <inheritdoc/>
    protected override Tensor Fast(KernelNetworkTensors on)
    {
        var (relative, mask, parameters, mean, variance, call) = on;
        using var layers = new KernelLayers(parameters, call);
        var (input, flags) = (relative.detach().contiguous(), mask?.contiguous());
        long[] shape = [.. relative.shape[..^1], KernelUnits.Outputs];
        var result = mask is null ? empty(shape, ScalarType.Float32) : zeros(shape, ScalarType.Float32);
        fixed (byte* x = input.bytes, m = flags is null ? default : flags.bytes, y = result.bytes)
        {
            var chunks = Chunks(input, flags, m);
            if (CpuKernels.AreWide) Run<Floats16>(chunks, (float*)x, (float*)y, layers, mean, variance, call);
            else Run<Floats8>(chunks, (float*)x, (float*)y, layers, mean, variance, call);
        }
        return result;
    }

    private static void Run<TVector>(
        PairChunks chunks, float* relative, float* result, KernelLayers layers, Tensor? mean, Tensor? variance,
        KernelCall call)
        where TVector : struct, IFloats<TVector>
    {
        var forward = new KernelForward<TVector>(layers.All, chunks, CpuKernels.Threads, relative, result);
        if (call.Activation == Activation.Swish) Run<SwishKernel, TVector>(forward, layers, mean, variance, call);
        else Run<ReluKernel, TVector>(forward, layers, mean, variance, call);
    }

    private static void Run<TActivation, TVector>(
        KernelForward<TVector> forward, KernelLayers layers, Tensor? mean, Tensor? variance, KernelCall call)
        where TActivation : struct, IActivationKernel
        where TVector : struct, IFloats<TVector>
    {
        if (call.OfBatch)
        {
            fixed (byte* a = mean!.bytes, v = variance!.bytes)
                forward.RunOnBatch<TActivation>(
                    call, new Span<float>(a, KernelCall.AllUnits), new Span<float>(v, KernelCall.AllUnits));
            return;
        }
        if (call.HasNorm) layers.Normalise(mean!, variance!);
        forward.Run<TActivation>();
    }

    /// <inheritdoc/>
    protected override Tensor?[] FastGradients(KernelNetworkTensors on, Tensor gradient)
    {
        using var layers = new KernelLayers(on.Parameters, on.Call);
        if (on.Call.HasNorm) layers.Normalise(on.Mean!, on.Variance!);
        return CpuKernels.AreWide
            ? FastGradients<Floats16>(on, layers, gradient)
            : FastGradients<Floats8>(on, layers, gradient);
    }

    private static Tensor?[] FastGradients<TVector>(KernelNetworkTensors on, KernelLayers layers, Tensor gradient)
        where TVector : struct, IFloats<TVector> =>
        on.Call.Activation == Activation.Swish
            ? FastGradients<SwishKernel, TVector>(on, layers, gradient)
            : FastGradients<ReluKernel, TVector>(on, layers, gradient);

    private static Tensor?[] FastGradients<TActivation, TVector>(
        KernelNetworkTensors on, KernelLayers layers, Tensor gradient)
        where TActivation : struct, IActivationKernel
        where TVector : struct, IFloats<TVector>
    {
        var (relative, mask, _, _, variance, call) = on;
        var (input, flags, dy) = (relative.contiguous(), mask?.contiguous(), gradient.contiguous());
        var dx = !relative.requires_grad ? null : mask is null ? empty_like(input) : zeros_like(input);
        fixed (byte* x = input.bytes, m = flags is null ? default : flags.bytes, d = dy.bytes)
        fixed (byte* r = dx is null ? default : dx.bytes)
        {
            using var backward = new KernelBackward<TActivation, TVector>(
                layers.All, Chunks(input, flags, m), CpuKernels.Threads, (float*)x, (float*)d, (float*)r);
            if (call.OfBatch) backward.RunOnBatch(variance!.data<float>().ToArray(), call);
            else backward.Run();
            return [dx, .. layers.Gradients(backward, call)];
        }
    }
}
