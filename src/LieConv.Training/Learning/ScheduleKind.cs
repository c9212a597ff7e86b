namespace LieConv.Training.Learning;

/// <summary>How the learning rate goes on after its warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>It falls to 0 along <see cref="CosineSchedule"/>.</summary>
    Cosine,

    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It is multiplied by <see cref="TrainOptions.PlateauFactor"/> whenever
    /// <see cref="TrainOptions.PlateauPatience"/> evaluations in a row bring no better selection metric.</summary>
    Plateau,
}
