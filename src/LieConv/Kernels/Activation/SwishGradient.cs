using LieConv.Cpu;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>g s′(x), the backward pass of <see cref="FusedSwish"/>, with a fused backward pass of its own.</summary>
internal sealed unsafe class SwishGradient : CpuOperation<SwishGradient, SwishSlope>
{
    /// <summary>The product of a cotangent with the slope of swish, shape of x.</summary>
    public static Tensor Apply(Tensor x, Tensor gradient) => Run(new(x, gradient));

    /// <inheritdoc/>
    protected override OperandTensors Tensors(SwishSlope on) => new([on.X, on.Gradient], [], []);

    /// <inheritdoc/>
    protected override SwishSlope With(SwishSlope on, Tensor?[] tensors) => new(tensors[0]!, tensors[1]!);

    /// <inheritdoc/>
    protected override Tensor Fast(SwishSlope on)
    {
        var (input, factor) = (on.X.contiguous(), on.Gradient.contiguous());
        var result = empty_like(input);
        fixed (byte* from = input.bytes, by = factor.bytes, to = result.bytes)
            if (CpuKernels.AreWide) SwishKernels<Floats16>.Gradient((float*)from, (float*)by, (float*)to, input.NumberOfElements);
            else SwishKernels<Floats8>.Gradient((float*)from, (float*)by, (float*)to, input.NumberOfElements);
        return result;
    }

    /// <inheritdoc/>
    protected override Tensor?[] Gradients(SwishSlope on, Tensor gradient) => is_grad_enabled()
        ? PlainGradients(on.X, on.Gradient, gradient)
        : FastGradients(on.X, on.Gradient, gradient);

    /// <summary>For derivatives of third order and higher.</summary>
    private static Tensor[] PlainGradients(Tensor x, Tensor gradient, Tensor cotangent)
    {
        var sigmoid = x.sigmoid();
        var rest = Scalars.Of(1) - sigmoid;
        var slope = sigmoid + x * sigmoid * rest;
        var bend = sigmoid * rest * (x * (rest - sigmoid) + Scalars.Of(2));
        return [cotangent * gradient * bend, cotangent * slope];
    }

    private static Tensor[] FastGradients(Tensor x, Tensor gradient, Tensor cotangent)
    {
        var (input, factor, seed) = (x.contiguous(), gradient.contiguous(), cotangent.contiguous());
        var (curvature, slope) = (empty_like(input), empty_like(input));
        fixed (byte* from = input.bytes, by = factor.bytes, h = seed.bytes, s = slope.bytes, c = curvature.bytes)
        {
            float* at = (float*)from, g = (float*)by, seeds = (float*)h, slopes = (float*)s, bends = (float*)c;
            var count = input.NumberOfElements;
            if (CpuKernels.AreWide) SwishKernels<Floats16>.SecondGradient(at, g, seeds, slopes, bends, count);
            else SwishKernels<Floats8>.SecondGradient(at, g, seeds, slopes, bends, count);
        }
        return [curvature, slope];
    }
}
