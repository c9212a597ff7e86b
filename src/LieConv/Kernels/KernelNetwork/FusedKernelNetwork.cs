using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// The kernel network as one operation on the CPU in float32. Plain operations keep a dozen tensors of up to 32 numbers
/// a pair for the backward pass; this keeps the coordinates alone, and forms the rest anew in blocks that stay in cache
/// (docs/decisions/002). Where second derivatives are asked for, its backward pass is written in plain tensor
/// operations.
/// </summary>
internal sealed unsafe class FusedKernelNetwork : autograd.SingleTensorFunction<FusedKernelNetwork>
{
    private const string CallKey = "call";
    private const string MaskKey = "mask";

    /// <inheritdoc/>
    public override string Name => nameof(FusedKernelNetwork);

    /// <summary>Whether this machine and these coordinates take the fused path.</summary>
    public static bool Supports(Tensor relative) =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported
        && CpuKernels.Take(relative) && relative.NumberOfElements > 0 && relative.NumberOfElements / relative.shape[^1] <= PairChunks.MostPairs;

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
        KernelCall call)
    {
        var needsGraph = is_grad_enabled() && (relative.requires_grad || parameters.Any(p => p.requires_grad));
        return needsGraph
            ? apply([relative, .. parameters, mean!, variance!, mask!, call])
            : Forward(relative, mask, parameters, mean, variance, call);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var call = (KernelCall)vars[^1];
        var (mean, variance, mask) = ((Tensor?)vars[^4], (Tensor?)vars[^3], (Tensor?)vars[^2]);
        List<Tensor> saved = [.. vars[..(1 + call.Parameters)].Cast<Tensor>()];
        var result = Forward(saved[0], mask, saved[1..], mean, variance, call);
        if (call.HasNorm) saved.AddRange([mean!, variance!]);
        if (mask is not null) saved.Add(mask);
        ctx.save_data(CallKey, call);
        ctx.save_data(MaskKey, mask is not null);
        ctx.save_for_backward(saved);
        return result;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var (saved, call) = (ctx.get_saved_variables(), (KernelCall)ctx.get_data(CallKey));
        var mask = (bool)ctx.get_data(MaskKey) ? saved[^1] : null;
        var parameters = saved[1..(1 + call.Parameters)];
        var (mean, variance) = call.HasNorm ? (saved[1 + call.Parameters], saved[2 + call.Parameters]) : (null, null);
        var gradients = is_grad_enabled()
            ? PlainGradients(saved[0], mask, parameters, mean, variance, call, gradient)
            : Backward(saved[0], mask, parameters, mean, variance, call, gradient);
        return scope.HandOn(gradient, [.. gradients, null, null, null, null]);
    }

    private static Tensor?[] PlainGradients(
        Tensor relative, Tensor? mask, List<Tensor> parameters, Tensor? mean, Tensor? variance, KernelCall call,
        Tensor gradient) =>
        Derivative.WhereRequired(
            at => PlainKernelNetwork.Apply(at[0], mask, [.. at.Skip(1)], mean, variance, call), gradient,
            [relative], parameters);

    private static PairChunks Chunks(Tensor relative, Tensor? mask, byte* flags)
    {
        var pairs = relative.NumberOfElements / relative.shape[^1];
        return new PairChunks((int)pairs, flags, mask is null ? 1 : (int)(pairs / mask.NumberOfElements));
    }

    private static Tensor Forward(
        Tensor relative, Tensor? mask, IReadOnlyList<Tensor> parameters, Tensor? mean, Tensor? variance,
        KernelCall call)
    {
        using var scope = NewDisposeScope();
        using var layers = new KernelLayers(parameters, call);
        var (input, flags) = (relative.detach().contiguous(), mask?.contiguous());
        long[] shape = [.. relative.shape[..^1], KernelUnits.Outputs];
        var result = mask is null ? empty(shape, ScalarType.Float32) : zeros(shape, ScalarType.Float32);
        fixed (byte* x = input.bytes, m = flags is null ? default : flags.bytes, y = result.bytes)
        {
            var forward = new KernelForward(layers.All, Chunks(input, flags, m), CpuKernels.Threads, (float*)x, (float*)y);
            if (call.Activation == Activation.Swish) Run<SwishKernel>(forward, layers, mean, variance, call);
            else Run<ReluKernel>(forward, layers, mean, variance, call);
        }
        return scope.MoveToOuter(result);
    }

    private static void Run<TActivation>(
        KernelForward forward, KernelLayers layers, Tensor? mean, Tensor? variance, KernelCall call)
        where TActivation : struct, IActivationKernel
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

    private static Tensor?[] Backward(
        Tensor relative, Tensor? mask, List<Tensor> parameters, Tensor? mean, Tensor? variance, KernelCall call,
        Tensor gradient)
    {
        using var layers = new KernelLayers(parameters, call);
        if (call.HasNorm) layers.Normalise(mean!, variance!);
        return call.Activation == Activation.Swish
            ? Backward<SwishKernel>(relative, mask, layers, variance, call, gradient)
            : Backward<ReluKernel>(relative, mask, layers, variance, call, gradient);
    }

    private static Tensor?[] Backward<TActivation>(
        Tensor relative, Tensor? mask, KernelLayers layers, Tensor? variance, KernelCall call, Tensor gradient)
        where TActivation : struct, IActivationKernel
    {
        var (input, flags, dy) = (relative.contiguous(), mask?.contiguous(), gradient.contiguous());
        var dx = !relative.requires_grad ? null : mask is null ? empty_like(input) : zeros_like(input);
        fixed (byte* x = input.bytes, m = flags is null ? default : flags.bytes, d = dy.bytes)
        fixed (byte* r = dx is null ? default : dx.bytes)
        {
            using var backward = new KernelBackward<TActivation>(
                layers.All, Chunks(input, flags, m), CpuKernels.Threads, (float*)x, (float*)d, (float*)r);
            if (call.OfBatch) backward.RunOnBatch(variance!.data<float>().ToArray(), call);
            else backward.Run();
            return [dx, .. layers.Gradients(backward, call)];
        }
    }
}
