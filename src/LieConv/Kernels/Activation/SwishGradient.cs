using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>g s′(x), the backward pass of <see cref="FusedSwish"/>, with a fused backward pass of its own.</summary>
internal sealed unsafe class SwishGradient : autograd.SingleTensorFunction<SwishGradient>
{
    /// <inheritdoc/>
    public override string Name => nameof(SwishGradient);

    /// <summary>The product of a cotangent with the slope of swish, shape of x.</summary>
    public static Tensor Apply(Tensor x, Tensor gradient) =>
        is_grad_enabled() && (x.requires_grad || gradient.requires_grad) ? apply(x, gradient) : Forward(x, gradient);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, gradient) = ((Tensor)vars[0], (Tensor)vars[1]);
        ctx.save_for_backward([x, gradient]);
        return Forward(x, gradient);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var saved = ctx.get_saved_variables();
        var (ofX, ofGradient) = is_grad_enabled()
            ? Plain(saved[0], saved[1], gradient)
            : Backward(saved[0], saved[1], gradient);
        return [scope.MoveToOuter(ofX), scope.MoveToOuter(ofGradient)];
    }

    /// <summary>For derivatives of third order and higher.</summary>
    private static (Tensor OfX, Tensor OfGradient) Plain(Tensor x, Tensor gradient, Tensor cotangent)
    {
        var sigmoid = x.sigmoid();
        var rest = Scalars.Of(1) - sigmoid;
        var slope = sigmoid + x * sigmoid * rest;
        var bend = sigmoid * rest * (x * (rest - sigmoid) + Scalars.Of(2));
        return (cotangent * gradient * bend, cotangent * slope);
    }

    private static Tensor Forward(Tensor x, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var (input, factor) = (x.contiguous(), gradient.contiguous());
        var result = empty_like(input);
        fixed (byte* from = input.bytes, by = factor.bytes, to = result.bytes)
            SwishKernels.Gradient((float*)from, (float*)by, (float*)to, input.NumberOfElements);
        return scope.MoveToOuter(result);
    }

    private static (Tensor OfX, Tensor OfGradient) Backward(Tensor x, Tensor gradient, Tensor cotangent)
    {
        var (input, factor, seed) = (x.contiguous(), gradient.contiguous(), cotangent.contiguous());
        var (curvature, slope) = (empty_like(input), empty_like(input));
        fixed (byte* from = input.bytes, by = factor.bytes, h = seed.bytes, s = slope.bytes, c = curvature.bytes)
            SwishKernels.SecondGradient(
                (float*)from, (float*)by, (float*)h, (float*)s, (float*)c, input.NumberOfElements);
        return (curvature, slope);
    }
}
