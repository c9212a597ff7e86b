using static TorchSharp.torch;

namespace LieConv.Benchmarks.Profiling;

/// <summary>Times a function of tensors alone: without derivatives, and with all that training asks of it.</summary>
/// <param name="steps">Repetitions, of which the median counts.</param>
/// <param name="twice">Whether the slope by the inputs is itself differentiated, as in Hamilton's equations.</param>
internal sealed class ProfileTimer(int steps, bool twice)
{
    /// <summary>Short parts are repeated for at least this long: the heap must have grown to their size, and other
    /// processes disturb a single repetition.</summary>
    private const double LeastSeconds = 0.5;

    private const int MostSteps = 100;

    /// <summary>Seconds of an action that has no derivative.</summary>
    public (double Forward, double Backward) Plain(Action action) => (Median(() =>
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        action();
    }), 0);

    /// <summary>Seconds forward without derivatives, and what derivatives add.</summary>
    /// <param name="function">The function.</param>
    /// <param name="inputs">Its inputs; those that ask for a gradient get one.</param>
    public (double Forward, double Backward) Trained(Func<Tensor> function, params Tensor[] inputs)
    {
        var (forward, _) = Plain(() => function());
        var both = Median(() => Differentiate(function, inputs));
        return (forward, Math.Max(0, both - forward));
    }

    private double Median(Action action)
    {
        action();
        var once = Machine.Seconds(action);
        return Machine.MedianSeconds(action, Math.Max(steps, (int)Math.Min(MostSteps, LeastSeconds / once)), warmUp: 1);
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
