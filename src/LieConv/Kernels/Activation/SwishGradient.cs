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
            SwishKernels.Gradient((float*)from, (float*)by, (float*)to, input.NumberOfElements);
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
            SwishKernels.SecondGradient(
                (float*)from, (float*)by, (float*)h, (float*)s, (float*)c, input.NumberOfElements);
        return [curvature, slope];
    }
}
