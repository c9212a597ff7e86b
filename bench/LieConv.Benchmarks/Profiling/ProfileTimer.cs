using static TorchSharp.torch;

namespace LieConv.Benchmarks.Profiling;

/// <summary>Times a function of tensors alone: without derivatives, and with all that training asks of it.</summary>
/// <param name="steps">Repetitions, of which the median counts.</param>
/// <param name="twice">Whether the slope by the inputs is itself differentiated, as in Hamilton's equations.</param>
internal sealed class ProfileTimer(int steps, bool twice)
{
    private const int WarmUp = 1;

    /// <summary>Seconds of an action that has no derivative.</summary>
    public (double Forward, double Backward) Plain(Action action) => (Machine.MedianSeconds(() =>
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        action();
    }, steps, WarmUp), 0);

    /// <summary>Seconds forward without derivatives, and what derivatives add.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">Its inputs; those that ask for a gradient get one.</param>
    public (double Forward, double Backward) Trained(Func<Tensor> function, params Tensor[] inputs)
    {
        var (forward, _) = Plain(() => function());
        var both = Machine.MedianSeconds(() => Differentiate(function, inputs), steps, WarmUp);
        return (forward, Math.Max(0, both - forward));
    }

    private void Differentiate(Func<Tensor> function, Tensor[] inputs)
    {
        using var scope = NewDisposeScope();
        var output = function();
        var gradient = ones_like(output);
        if (!twice)
        {
            output.backward([gradient]);
            return;
        }
        var slopes = autograd.grad([output], inputs, [gradient], retain_graph: true, create_graph: true);
        var total = slopes.Aggregate(output.sum(), (sum, slope) => sum + slope.square().sum());
        total.backward();
    }
}
