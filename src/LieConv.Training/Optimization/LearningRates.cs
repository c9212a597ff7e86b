using LieConv.Training.Learning;

namespace LieConv.Training.Optimization;

/// <summary>The learning rate of each step: a linear warm-up times a schedule.</summary>
/// <param name="options">The base rate, the schedule and the warm-up.</param>
/// <param name="totalSteps">Steps of the whole training, from 1.</param>
/// <remarks>
/// Cosine and warm-up are multiplied, min(e / (w E), 1) · cosine(e), as in the original's training on QM9: the cosine
/// does not wait. The first of W warm-up steps has a W-th of the rate, where the original's has none at all and changes
/// nothing but Adam's averages.
/// </remarks>
internal sealed class LearningRates(TrainOptions options, long totalSteps)
{
    /// <summary>The rate of a step.</summary>
    /// <param name="step">The step about to be made, from 0.</param>
    /// <param name="reductions">How often a plateau has lowered the rate before it.</param>
    public double RateAt(long step, long reductions)
    {
        var rate = options.Schedule switch
        {
            ScheduleKind.Cosine => CosineSchedule.RateAt(options.LearningRate, step, totalSteps),
            ScheduleKind.Plateau => options.LearningRate * Math.Pow(options.PlateauFactor, reductions),
            _ => options.LearningRate,
        };
        var warmUp = options.WarmUp * totalSteps;
        return step + 1 < warmUp ? rate * ((step + 1) / warmUp) : rate;
    }
}
