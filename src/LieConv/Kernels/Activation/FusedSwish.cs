using System.Runtime.Intrinsics;
using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// x · sigmoid(x) whose first and second derivatives are one pass over memory each. libtorch differentiates its own
/// silu twice through a dozen separate operations, each of them a pass over memory.
/// </summary>
internal sealed unsafe class FusedSwish : autograd.SingleTensorFunction<FusedSwish>
{
    /// <inheritdoc/>
    public override string Name => nameof(FusedSwish);

    /// <summary>Whether this machine and this tensor take the fused path.</summary>
    public static bool Supports(Tensor x) =>
        Vector512.IsHardwareAccelerated && CpuKernels.Take(x);

    /// <summary>Whether x is so large that passes over memory cost more than a call from libtorch into .NET.</summary>
    public static bool Pays(Tensor x) => x.NumberOfElements > 1 << 16;

    /// <summary>The function, shape of x.</summary>
    public static Tensor Apply(Tensor x) => is_grad_enabled() && x.requires_grad ? apply(x) : Forward(x);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var x = (Tensor)vars[0];
        ctx.save_for_backward([x]);
        return Forward(x);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var result = SwishGradient.Apply(ctx.get_saved_variables()[0], gradient);
        return [scope.MoveToOuter(result)];
    }

    private static Tensor Forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var input = x.contiguous();
        var result = empty_like(input);
        fixed (byte* from = input.bytes, to = result.bytes)
            SwishKernels.Value((float*)from, (float*)to, input.NumberOfElements);
        return scope.MoveToOuter(result);
    }
}
