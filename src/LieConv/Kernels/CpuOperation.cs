using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Kernels;

/// <summary>
/// An operation of our own on the CPU: its mathematics is what derived classes write. Whether a graph is needed, what is
/// kept for the backward pass, which operands are absent and what leaves the dispose scopes is written here, once.
/// </summary>
/// <remarks>Most derive from <see cref="FusedOperation{TSelf, TOperands}"/>; from here do those whose gradient is an
/// operation of its own, or which keep less than their operands.</remarks>
/// <typeparam name="TSelf">The operation.</typeparam>
/// <typeparam name="TOperands">Its tensors by name, and what else it is about.</typeparam>
internal abstract class CpuOperation<TSelf, TOperands> : autograd.SingleTensorFunction<TSelf>
    where TSelf : CpuOperation<TSelf, TOperands>, new()
    where TOperands : struct
{
    private const string OperandsKey = "operands";

    private static readonly TSelf Operation = new();

    /// <inheritdoc/>
    public sealed override string Name => typeof(TSelf).Name;

    /// <summary>The tensors of the operands.</summary>
    protected abstract OperandTensors Tensors(TOperands on);

    /// <summary>The operands with other tensors, in the order of <see cref="OperandTensors.All"/>; all null where the
    /// operands wait for the backward pass without them.</summary>
    protected abstract TOperands With(TOperands on, Tensor?[] tensors);

    /// <summary>The result, without a graph; temporaries are held.</summary>
    protected abstract Tensor Fast(TOperands on);

    /// <summary>The gradients of inputs and weights, in their order; null where none is asked for. Where gradients are
    /// enabled they will be differentiated again. Temporaries are held.</summary>
    /// <param name="on">The operands, or what <see cref="IKeepsOther{TOperands}"/> kept of them.</param>
    /// <param name="gradient">Gradient of the result.</param>
    protected abstract Tensor?[] Gradients(TOperands on, Tensor gradient);

    /// <summary>The result, with a graph where one is asked for.</summary>
    protected static Tensor Run(TOperands on)
    {
        if (!is_grad_enabled()) return Operation.Compute(on);
        var tensors = Operation.Tensors(on);
        return tensors.AskForGradients ? apply([.. tensors.All, on]) : Operation.Compute(on);
    }

    /// <inheritdoc/>
    public sealed override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var on = (TOperands)vars[^1];
        var result = Compute(on);
        var kept = this is IKeepsOther<TOperands> other ? other.Kept(on) : on;
        var tensors = Tensors(kept).All;
        bool[] isPresent = [.. tensors.Select(tensor => tensor is not null)];
        ctx.save_data(OperandsKey, (With(kept, new Tensor?[tensors.Length]), isPresent));
        ctx.save_for_backward([.. tensors.OfType<Tensor>()]);
        return result;
    }

    /// <inheritdoc/>
    public sealed override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var (kept, isPresent) = ((TOperands, bool[]))ctx.get_data(OperandsKey);
        var saved = new Queue<Tensor>(ctx.get_saved_variables());
        var gradients = Gradients(
            With(kept, [.. isPresent.Select(isOne => isOne ? saved.Dequeue() : null)]), gradient);
        // One for each argument of apply: nothing for constants and for the operands themselves.
        return scope.HandOn(
            gradient, [.. gradients, .. new Tensor?[isPresent.Length - gradients.Length + 1]]);
    }

    private Tensor Compute(TOperands on)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Fast(on));
    }
}
