using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Solvers;

/// <summary>One integration with its adjoint: the equation, and how its parts lie in one vector.</summary>
/// <param name="solver">The method.</param>
/// <param name="field">The right-hand side.</param>
/// <param name="times">Times asked for.</param>
/// <param name="parameters">What gradients are wanted for, beside the initial state.</param>
internal sealed class AdjointCall(OdeSolver solver, VectorField field, double[] times, Tensor[] parameters)
{
    /// <summary>What the forward integration counted; its states are those of that call.</summary>
    public OdeSolution Counts { get; private set; }

    /// <summary>Integrates without a graph.</summary>
    public OdeSolution Forward(Tensor initial)
    {
        using var off = no_grad();
        return Counts = solver.Solve(field, initial, times);
    }

    /// <summary>Integrates the adjoint from the last time to the first.</summary>
    /// <param name="states">States at the times, shape (t, b, ...).</param>
    /// <param name="gradient">Their gradients, shape (t, b, ...).</param>
    /// <returns>Gradients of the initial state, then of the parameters.</returns>
    public List<Tensor> Backward(Tensor states, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var adjoint = gradient[^1].clone();
        var count = parameters.Sum(parameter => parameter.NumberOfElements);
        var slopes = zeros(count, dtype: states.dtype, device: states.device);
        for (var i = times.Length - 1; i > 0; i--)
        {
            using var interval = NewDisposeScope();
            var shape = states[i].shape;
            var start = cat([states[i].flatten(), adjoint.flatten(), slopes]).unsqueeze(0);          // (1, N)
            var end = solver.Solve(
                (time, joined) => Slope(time, joined, shape), start, [times[i], times[i - 1]]).States[1, 0];
            var parts = Split(end, states[i].NumberOfElements);
            var (before, sum) = (adjoint, slopes);
            adjoint = interval.MoveToOuter(parts[1].reshape(shape) + gradient[i - 1]);
            slopes = interval.MoveToOuter(parts[2].clone());
            before.Dispose();
            sum.Dispose();
        }
        List<Tensor> gradients = [adjoint];
        var offset = 0L;
        foreach (var parameter in parameters)
        {
            var flat = slopes.narrow(0, offset, parameter.NumberOfElements);
            gradients.Add(flat.reshape(parameter.shape).to_type(parameter.dtype).clone());
            offset += parameter.NumberOfElements;
        }
        foreach (var result in gradients) scope.MoveToOuter(result);
        return gradients;
    }

    /// <summary>Gradients of an integration that failed: not a number.</summary>
    public List<Tensor> NotNumbers(Tensor states) =>
    [
        full_like(states[0], Scalars.Of(double.NaN)),
            .. parameters.Select(parameter => full_like(parameter.detach(), Scalars.Of(double.NaN))),
    ];

    private static Tensor[] Split(Tensor joined, long size) =>
    [
        joined.narrow(0, 0, size), joined.narrow(0, size, size),
        joined.narrow(0, 2 * size, joined.shape[0] - 2 * size),
    ];

    /// <summary>The derivative of state, adjoint and parameter gradients, shape (1, N).</summary>
    private Tensor Slope(Tensor time, Tensor joined, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var on = enable_grad();
        var parts = Split(joined[0].detach(), shape.Aggregate(1L, (product, size) => product * size));
        var state = parts[0].reshape(shape).clone().requires_grad_();
        var slope = field(time.reshape([]), state);
        var products = Derivative.Products(slope, parts[1].reshape(shape), [state, .. parameters]);
        var flat = products.Select(product => product.flatten().to_type(joined.dtype).neg());
        return scope.MoveToOuter(cat([slope.detach().flatten(), .. flat]).unsqueeze(0));
    }
}
