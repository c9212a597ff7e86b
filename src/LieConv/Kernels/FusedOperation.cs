using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>An operation with a fast form, whose gradients end there, and the same in plain tensor operations, which is
/// differentiated where second derivatives are asked for.</summary>
/// <typeparam name="TSelf">The operation.</typeparam>
/// <typeparam name="TOperands">Its tensors by name, and what else it is about.</typeparam>
internal abstract class FusedOperation<TSelf, TOperands> : CpuOperation<TSelf, TOperands>
    where TSelf : FusedOperation<TSelf, TOperands>, new()
    where TOperands : struct
{
    /// <summary>The gradients of inputs and weights, not to be differentiated again; temporaries are held.</summary>
    protected abstract Tensor?[] FastGradients(TOperands on, Tensor gradient);

    /// <summary>The result in plain tensor operations: derivatives of any order.</summary>
    protected abstract Tensor Plain(TOperands on);

    /// <inheritdoc/>
    protected sealed override Tensor?[] Gradients(TOperands on, Tensor gradient)
    {
        if (!is_grad_enabled()) return FastGradients(on, gradient);
        var (inputs, weights, constants) = Tensors(on);
        return Derivative.WhereRequired(
            at => Plain(With(on, [.. at, .. constants])), gradient, inputs!, weights!);
    }
}
