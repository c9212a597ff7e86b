using LieConv.Kernels;

namespace LieConv.Training.Learning;

/// <summary>What can be wrong with <see cref="TrainOptions"/>, one sentence each.</summary>
internal static class TrainOptionsErrors
{
    private static readonly string[] Precisions =
        [TrainOptions.SinglePrecision, TrainOptions.DoublePrecision, TrainOptions.Bfloat16Products];

    /// <summary>Values out of their range.</summary>
    public static IReadOnlyList<string> Find(TrainOptions options)
    {
        var errors = new List<string>();
        Check(options.Epochs >= 1, $"Epochs is {options.Epochs}; expected at least 1.");
        Check(options.Batch >= 1, $"Batch is {options.Batch}; expected at least 1.");
        Check(options.LearningRate is > 0 and <= 10,
            $"LearningRate is {options.LearningRate}; expected a number above 0 and at most 10.");
        Check(Enum.IsDefined(options.Schedule),
            $"Schedule is {options.Schedule}; expected one of {string.Join(", ", Enum.GetNames<ScheduleKind>())}.");
        Check(options.PlateauFactor is > 0 and < 1,
            $"PlateauFactor is {options.PlateauFactor}; expected a number above 0 and below 1.");
        Check(options.PlateauPatience >= 1, $"PlateauPatience is {options.PlateauPatience}; expected at least 1.");
        Check(options.WarmUp is >= 0 and <= 1,
            $"WarmUp is {options.WarmUp}; expected a fraction of all steps from 0 (none) to 1.");
        Check(options.GradientLimit is 0 or >= 1 && double.IsFinite(options.GradientLimit),
            $"GradientLimit is {options.GradientLimit}; expected 0 (none) or a number from 1.");
        Check(options.GradientClip >= 0 && double.IsFinite(options.GradientClip),
            $"GradientClip is {options.GradientClip}; expected 0 (none) or a length above 0.");
        Check(options.WeightDecay >= 0 && options.WeightDecay * options.LearningRate < 1,
            $"WeightDecay is {options.WeightDecay}; expected 0 (none) or a number that times the rate is below 1.");
        Check(options.Ema is >= 0 and < 1, $"Ema is {options.Ema}; expected a decay from 0 (none) to below 1.");
        Check(options.Init is not null, $"Init is null; expected a path, or nothing.");
        Check(options.EarlyStopping >= 0,
            $"EarlyStopping is {options.EarlyStopping}; expected 0 (never) or a number of evaluations.");
        Check(options.EvaluateEvery >= 1, $"EvaluateEvery is {options.EvaluateEvery}; expected at least 1.");
        Check(options.EvaluationBatch >= 1, $"EvaluationBatch is {options.EvaluationBatch}; expected at least 1.");
        Check(options.Threads is >= 0 and <= 4096,
            $"Threads is {options.Threads}; expected 0 (libtorch's choice) to 4096.");
        Check(options.MaxMinutes >= 0 && double.IsFinite(options.MaxMinutes),
            $"MaxMinutes is {options.MaxMinutes}; expected 0 (no limit) or more.");
        Check(options.CheckpointMinutes > 0 && double.IsFinite(options.CheckpointMinutes),
            $"CheckpointMinutes is {options.CheckpointMinutes}; expected more than 0.");
        Check(DeviceName.TryParse(options.Device, out _),
            $"Device is '{options.Device}'; expected cpu, cuda or cuda:N.");
        Check(Precisions.Contains(options.Precision),
            $"Precision is '{options.Precision}'; expected {Precisions[0]}, {Precisions[1]} or {Precisions[2]}.");
        return errors;

        void Check(bool holds, FormattableString error)
        {
            if (!holds) errors.Add(FormattableString.Invariant(error));
        }
    }

    /// <summary>What bfloat16 is too coarse for: a derivative of the network that is itself the prediction.</summary>
    /// <param name="options">The training.</param>
    /// <param name="derivatives">What the derivatives are called, in the plural.</param>
    public static IEnumerable<string> FindForDerivatives(TrainOptions options, string derivatives)
    {
        if (options.Products == ProductPrecision.Bfloat16)
            yield return $"Precision is '{options.Precision}', too coarse for {derivatives}, which are derivatives " +
                $"of the network; expected {TrainOptions.SinglePrecision} or {TrainOptions.DoublePrecision}.";
    }

    /// <summary>What needs validation examples: the test examples are never used to choose.</summary>
    public static IEnumerable<string> WithoutValidation(TrainOptions options)
    {
        const string Examples = "but there are no validation examples";
        if (options.Schedule == ScheduleKind.Plateau)
            yield return $"Schedule is Plateau, {Examples} to see one; expected Cosine or Constant.";
        if (options.EarlyStopping > 0)
            yield return $"EarlyStopping is {options.EarlyStopping}, {Examples} to judge by; expected 0 (never).";
    }
}
