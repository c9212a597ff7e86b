using LieConv.Training.Learning;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Training.Optimization;

/// <summary>Adam with its learning rates, the decay of weights, the limits of the gradient and the average of the weights.</summary>
internal sealed class Optimizer : IDisposable
{
    private readonly nn.Module _model;
    private readonly Parameter[] _parameters;
    private readonly Parameter[] _decaying;
    private readonly double _decay;
    private readonly LearningRates _rates;
    private readonly GradientShortening _shortening;

    /// <param name="model">The model, on its device and in its precision; it stays the caller's.</param>
    /// <param name="options">Checked before.</param>
    /// <param name="totalSteps">Steps of the whole training, from 1.</param>
    public Optimizer(nn.Module model, TrainOptions options, long totalSteps)
    {
        _model = model;
        _parameters = [.. model.parameters()];
        _decay = options.WeightDecay;

        // Biases and what norms multiply by and add are vectors: to pull them to 0 limits what a layer can say, not how
        // steep it is.
        _decaying = [.. _parameters.Where(parameter => _decay > 0 && parameter.dim() > 1)];
        _rates = new LearningRates(options, totalSteps);
        _shortening = new GradientShortening(options, _parameters);
        Adam = optim.Adam(_parameters, options.LearningRate);
        Average = options.Ema > 0 ? new WeightAverage(model, options.Ema) : null;
    }

    public Adam Adam { get; }

    /// <summary>The average of the weights; null where none is asked for.</summary>
    public WeightAverage? Average { get; }

    /// <summary>The rate of the step made last.</summary>
    public double LastRate(TrainingProgress progress) => _rates.RateAt(progress.Step - 1, progress.RateReductions);

    /// <summary>Prepares the model for the loss of the next step.</summary>
    public void Begin(TrainingProgress progress)
    {
        var rate = _rates.RateAt(progress.Step, progress.RateReductions);
        foreach (var group in Adam.ParamGroups) group.LearningRate = rate;

        // No gradient rather than zeros: the first step after a resume then adds up the same bits.
        foreach (var parameter in _parameters) parameter.grad = null;
        _model.train();
    }

    /// <summary>Makes the step.</summary>
    /// <param name="loss">Its loss, finite.</param>
    /// <param name="progress">Where the training stood before it.</param>
    /// <returns>The progress with the usual length of gradients; the caller counts the step.</returns>
    public TrainingProgress Step(Tensor loss, TrainingProgress progress)
    {
        loss.backward();
        var usual = _shortening.Apply(progress.GradientLength);
        Decay();
        Adam.step();
        Average?.Update(progress.Step);
        return progress with { GradientLength = usual };
    }

    /// <summary>Pulls weights to 0, with the rate of the step that <see cref="Begin"/> has set.</summary>
    private void Decay()
    {
        if (_decaying.Length == 0) return;
        using var off = no_grad();
        using Scalar factor = (1 - Adam.ParamGroups.First().LearningRate * _decay).ToScalar();
        foreach (var weight in _decaying.Where(weight => weight.grad is not null)) weight.mul_(factor);
    }

    public void Dispose()
    {
        Adam.Dispose();
        Average?.Dispose();
    }
}
