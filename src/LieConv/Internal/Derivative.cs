using static TorchSharp.torch;

namespace LieConv.Internal;

/// <summary>The gradient of a scalar.</summary>
internal static class Derivative
{
    /// <summary>The gradient with respect to an input that the output depends on.</summary>
    /// <param name="output">A scalar.</param>
    /// <param name="input">A tensor that requires a gradient.</param>
    /// <param name="createGraph">Whether the gradient is itself to be differentiated; keeps the graph, which
    /// TorchSharp does only when told so.</param>
    public static Tensor Of(Tensor output, Tensor input, bool createGraph) =>
        autograd.grad([output], [input], retain_graph: createGraph, create_graph: createGraph)[0];
}
