using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>Who disposes a tensor: modules own their parameters, results leave the scope that computed them.</summary>
internal static class Ownership
{
    /// <summary>Takes a new parameter out of any dispose scope, so that it lives as long as its module.</summary>
    public static Parameter Detached(this Parameter parameter)
    {
        parameter.DetachFromDisposeScope();
        return parameter;
    }

    /// <summary>Ends the backward pass of an autograd function: what it gives back leaves the scope.</summary>
    /// <param name="scope">The scope of the pass.</param>
    /// <param name="gradient">The gradient that came in. TorchSharp made this handle for this call alone; the step's
    /// scope would keep the memory behind it to its end.</param>
    /// <param name="results">By operand; null for those without.</param>
    public static List<Tensor> HandOn(this DisposeScope scope, Tensor gradient, params IEnumerable<Tensor?> results)
    {
        List<Tensor> handed = [.. results.Select(result => result is null ? null! : scope.MoveToOuter(result))];
        gradient.Dispose();
        return handed;
    }

    /// <summary>Moves choices and which of them count to the scope around this one.</summary>
    public static (Tensor Indices, Tensor? Mask) Keep(this DisposeScope scope, (Tensor Indices, Tensor? Mask) chosen)
    {
        scope.MoveToOuter(chosen.Indices);
        if (chosen.Mask is not null) scope.MoveToOuter(chosen.Mask);
        return chosen;
    }
}
