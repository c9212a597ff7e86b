using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>The states of an integration as one node of the graph, which keeps them and nothing of the steps.</summary>
internal sealed class AdjointFunction : autograd.SingleTensorFunction<AdjointFunction>
{
    private const string CallKey = "call";

    /// <inheritdoc/>
    public override string Name => nameof(AdjointFunction);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var call = (AdjointCall)vars[^1];
        var states = call.Forward((Tensor)vars[0]).States;
        ctx.save_data(CallKey, call);
        ctx.save_for_backward([states.detach()]);
        return states;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var call = (AdjointCall)ctx.get_data(CallKey);
        var gradients = Gradients(call, ctx.get_saved_variables()[0], gradient);
        return scope.HandOn(gradient, [.. gradients, null]);
    }

    // Nothing may be thrown through libtorch's backward pass: that ends the process.
    private static List<Tensor> Gradients(AdjointCall call, Tensor states, Tensor gradient)
    {
        try
        {
            return call.Backward(states, gradient);
        }
        catch (IntegrationFailedException)
        {
            return call.NotNumbers(states);
        }
    }
}
