namespace LieConv.Training.Learning;

/// <summary>Why training stopped.</summary>
public enum StopReason
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>The time that <see cref="TrainOptions.MaxMinutes"/> allows is used up.</summary>
    TimeBudget,

    /// <summary>As many evaluations as <see cref="TrainOptions.EarlyStopping"/> allows brought nothing
    /// better.</summary>
    EarlyStopping,

    /// <summary>Somebody asked it to stop; the state is saved and nothing was evaluated.</summary>
    Interrupted,

    /// <summary>The loss, a weight or the final evaluation was no longer finite.</summary>
    Failed,
}
