using static TorchSharp.torch;

namespace LieConv.Training.Optimization;

/// <summary>
/// An exponential moving average of a model's state: after each optimiser step a ← d a + (1 - d) w with
/// d = min(decay, (1 + t) / (10 + t)), t the steps made before it. Early on the average follows closely, so that it
/// soon forgets the weights of the start.
/// </summary>
/// <remarks>
/// All floating-point tensors of the state are averaged: the parameters, and of the buffers the statistics of batch
/// norms and the radii of balls, since they belong to the weights of their own time and the averaged weights lag behind
/// the newest. Other tensors, such as counters of batches, are the model's current ones. The average takes as much
/// memory as the model.
/// </remarks>
public sealed class WeightAverage : IDisposable
{
    private readonly (string Name, Tensor Own)[] _model;
    private readonly Dictionary<string, Tensor> _held;
    private readonly double _decay;

    /// <summary>Starts the average at the model's state of now.</summary>
    /// <param name="model">The model, already on its device and in its precision; it stays the caller's.</param>
    /// <param name="decay">The decay d in [0, 1) that the early ones rise to.</param>
    /// <exception cref="ArgumentOutOfRangeException">If the decay is not in [0, 1).</exception>
    public WeightAverage(nn.Module model, double decay)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!(decay is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(decay), decay, "Expected a number from 0 to below 1.");
        _decay = decay;
        _model = [.. model.state_dict().Where(pair => pair.Value.is_floating_point()).Select(p => (p.Key, p.Value))];
        using var off = no_grad();
        _held = _model.ToDictionary(pair => pair.Name, pair => pair.Own.clone().DetachFromDisposeScope());
    }

    /// <summary>The averaged tensors by their names in the model's state; while lent, the model's current
    /// ones.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _held;

    /// <summary>Takes the model's state into the average.</summary>
    /// <param name="step">The optimiser steps made before the one that led to this state, from 0.</param>
    public void Update(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        var decay = Math.Min(_decay, (1.0 + step) / (10.0 + step));
        ForEach((own, held) => held.lerp_(own, 1 - decay));
    }

    /// <summary>Gives the model the averaged values until the result is disposed of; meanwhile
    /// <see cref="Tensors"/> hold the current ones. Nothing is rounded, so that training goes on bit for bit.</summary>
    public IDisposable Lend()
    {
        Swap();
        return new Loan(this);
    }

    /// <summary>Copies the averaged values into the model for good.</summary>
    public void CopyToModel() => ForEach((own, held) => own.copy_(held));

    /// <summary>Starts again at the model's state of now.</summary>
    public void Restart() => ForEach((own, held) => held.copy_(own));

    /// <summary>Frees the averages.</summary>
    public void Dispose()
    {
        foreach (var tensor in _held.Values) tensor.Dispose();
    }

    private void Swap() => ForEach((own, held) =>
    {
        var current = own.clone();
        own.copy_(held);
        held.copy_(current);
    });

    private void ForEach(Action<Tensor, Tensor> change)
    {
        using var off = no_grad();
        foreach (var (name, own) in _model)
        {
            using var scope = NewDisposeScope();
            change(own, _held[name]);
        }
    }

    private sealed class Loan(WeightAverage average) : IDisposable
    {
        private bool _returned;

        public void Dispose()
        {
            if (!_returned) average.Swap();
            _returned = true;
        }
    }
}
