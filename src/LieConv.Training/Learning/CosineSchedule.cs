namespace LieConv.Training.Learning;

/// <summary>The learning rate that falls along half a cosine from its base to zero.</summary>
public static class CosineSchedule
{
    /// <summary>
    /// The rate of one optimiser step: base · (1 + cos(π t / T)) / 2. It belongs to the step that is about to be made
    /// (t = 0 has the full rate), with no lag of a step or an epoch.
    /// </summary>
    /// <param name="baseRate">The rate at the start.</param>
    /// <param name="step">The step t about to be made, from 0.</param>
    /// <param name="totalSteps">Steps T of the whole training.</param>
    public static double RateAt(double baseRate, long step, long totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        return baseRate * 0.5 * (1 + Math.Cos(Math.PI * Math.Min((double)step / totalSteps, 1)));
    }
}
