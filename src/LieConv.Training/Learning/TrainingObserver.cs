namespace LieConv.Training.Learning;

/// <summary>Is told how a training goes.</summary>
public abstract class TrainingObserver
{
    /// <summary>An observer that does nothing.</summary>
    public static TrainingObserver Silent { get; } = new SilentObserver();

    /// <summary>Told in one sentence what a user should know but need not act on, such as a damaged file that was passed
    /// over.</summary>
    public Action<string> Notice { get; init; } = static _ => { };

    /// <summary>A step is done.</summary>
    /// <param name="progress">Where the training stands.</param>
    /// <param name="totalSteps">Steps of the whole training.</param>
    /// <param name="examples">Examples of this step.</param>
    /// <param name="seconds">Seconds that the step took.</param>
    public abstract void OnStep(TrainingProgress progress, long totalSteps, int examples, double seconds);

    /// <summary>A batch of an evaluation is done.</summary>
    /// <param name="split">Which examples are evaluated.</param>
    /// <param name="done">Examples done.</param>
    /// <param name="total">Examples in all.</param>
    public abstract void OnEvaluation(DataSplit split, long done, long total);

    /// <summary>An epoch is done, evaluated and saved.</summary>
    public abstract void OnEpoch(EpochReport report);

    private sealed class SilentObserver : TrainingObserver
    {
        public override void OnStep(TrainingProgress progress, long totalSteps, int examples, double seconds)
        {
        }

        public override void OnEvaluation(DataSplit split, long done, long total)
        {
        }

        public override void OnEpoch(EpochReport report)
        {
        }
    }
}
