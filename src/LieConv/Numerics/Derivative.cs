using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Gradients, without the calls that would end the process.</summary>
internal static class Derivative
{
    [ThreadStatic]
    private static bool t_isOfInputAlone;

    /// <summary>Whether this thread is in <see cref="Compute"/>, which wants no gradient of any weights. libtorch leaves out of
    /// its own operations what nobody asked for; TorchSharp does not tell ours. On other threads it is false, which costs
    /// time only.</summary>
    public static bool IsOfInputAlone => t_isOfInputAlone;

    /// <summary>The gradient with respect to an input that the output depends on, through operands of layers other than
    /// their weights.</summary>
    /// <param name="output">A scalar.</param>
    /// <param name="input">A tensor that requires a gradient.</param>
    /// <param name="createGraph">Whether the gradient is itself to be differentiated; keeps the graph, which
    /// TorchSharp does only when told so.</param>
    /// <exception cref="ArgumentException">If the output does not depend on the input: libtorch would say so where
    /// TorchSharp has no guard, and end the process.</exception>
    public static Tensor Compute(Tensor output, Tensor input, bool createGraph)
    {
        if (!output.requires_grad) throw Independent();
        var before = t_isOfInputAlone;
        t_isOfInputAlone = true;
        try
        {
            var found = autograd.grad(
                [output], [input], retain_graph: createGraph, create_graph: createGraph, allow_unused: true)[0];
            return found is { IsInvalid: false } ? found : throw Independent();
        }
        finally
        {
            t_isOfInputAlone = before;
        }
    }

    private static ArgumentException Independent() => new("The energy does not depend on the positions or momenta.");

    /// <summary>The vector-Jacobian products of a function for the inputs that ask for a gradient, to be differentiated
    /// again; null for the others, for which libtorch would fail where TorchSharp has no guard.</summary>
    /// <remarks>The function is called with views of the inputs: where one input depends on another, as on a layer's
    /// weights that an earlier step of a rollout has used, that dependence is no part of the function.</remarks>
    /// <param name="function">Of the inputs, then the weights.</param>
    /// <param name="cotangent">Gradient of the function's value, of its shape.</param>
    /// <param name="inputs">Where the function is differentiated.</param>
    /// <param name="weights">Likewise, but where the gradient is <see cref="IsOfInputAlone"/>.</param>
    /// <returns>By input, then by weight.</returns>
    public static Tensor?[] WhereRequired(
        Func<IReadOnlyList<Tensor>, Tensor> function, Tensor cotangent, IReadOnlyList<Tensor> inputs,
        params IReadOnlyList<Tensor> weights)
    {
        Tensor[] operands = [.. inputs, .. weights];
        bool[] isAsked =
            [.. operands.Select((on, i) => on.requires_grad && (i < inputs.Count || !IsOfInputAlone))];
        if (!isAsked.Contains(true)) return new Tensor?[operands.Length];
        Tensor[] views = [.. operands.Select(on => on.requires_grad ? on.view(on.shape) : on)];
        Tensor[] asked = [.. views.Where((_, i) => isAsked[i])];
        var found = new Queue<Tensor>(
            autograd.grad([function(views)], asked, [cotangent], retain_graph: true, create_graph: true));
        return [.. isAsked.Select(isOne => isOne ? found.Dequeue() : null)];
    }

    /// <summary>The vector-Jacobian products, not to be differentiated again; 0 for inputs that the output does not
    /// depend on.</summary>
    /// <param name="output">Any tensor.</param>
    /// <param name="cotangent">Gradient of the output, of its shape.</param>
    /// <param name="inputs">Tensors that require a gradient.</param>
    public static Tensor[] Products(Tensor output, Tensor cotangent, IReadOnlyList<Tensor> inputs)
    {
        if (!output.requires_grad) return [.. inputs.Select(input => zeros_like(input))];
        var found = autograd.grad([output], [.. inputs], [cotangent], allow_unused: true);
        return [.. inputs.Zip(
            found, (input, gradient) => gradient is { IsInvalid: false } ? gradient : zeros_like(input))];
    }
}
