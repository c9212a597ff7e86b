namespace LieConv.Training.Learning;

/// <summary>How a training ended.</summary>
/// <param name="Reason">Why it stopped.</param>
/// <param name="Progress">Where it stands.</param>
/// <param name="Final">The final evaluation on the test examples; null if interrupted.</param>
/// <param name="FinalEpoch">The epoch, from 1, whose parameters were evaluated: the best on the validation examples, or
/// without these the last.</param>
public sealed record TrainingResult(StopReason Reason, TrainingProgress Progress, Evaluation? Final, long FinalEpoch);
