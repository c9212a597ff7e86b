using LieConv.Cpu;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// x · sigmoid(x) whose first and second derivatives are one pass over memory each. libtorch differentiates its own
/// silu twice through a dozen separate operations, each of them a pass over memory.
/// </summary>
internal sealed unsafe class FusedSwish : CpuOperation<FusedSwish, SwishOperands>
{
    /// <summary>Whether this machine and this tensor take the fused path.</summary>
    public static bool Supports(Tensor x) => CpuKernels.AreFast && CpuKernels.Take(x);

    /// <summary>Whether x is so large that passes over memory cost more than a call from libtorch into .NET.</summary>
    public static bool Pays(Tensor x) => x.NumberOfElements > 1 << 16;

    /// <summary>The function, shape of x.</summary>
    public static Tensor Apply(Tensor x) => Run(new(x));

    /// <inheritdoc/>
    protected override OperandTensors Tensors(SwishOperands on) => new([on.X], [], []);

    /// <inheritdoc/>
    protected override SwishOperands With(SwishOperands on, Tensor?[] tensors) => new(tensors[0]!);

    /// <inheritdoc/>
    protected override Tensor Fast(SwishOperands on)
    {
        var input = on.X.contiguous();
        var result = empty_like(input);
        fixed (byte* from = input.bytes, to = result.bytes)
            if (CpuKernels.AreWide) SwishKernels<Floats16>.Value((float*)from, (float*)to, input.NumberOfElements);
            else SwishKernels<Floats8>.Value((float*)from, (float*)to, input.NumberOfElements);
        return result;
    }

    /// <inheritdoc/>
    protected override Tensor?[] Gradients(SwishOperands on, Tensor gradient) =>
        [SwishGradient.Apply(on.X, gradient)];
}
