namespace LieConv.Training.Randomness;

/// <summary>What random numbers are for. The values are part of the checkpoint format: never renumber them.</summary>
public enum RandomPurpose
{
    /// <summary>The first values of the parameters.</summary>
    Initialisation = 0,

    /// <summary>The order of the examples; index: the epoch.</summary>
    Order = 1,

    /// <summary>Augmentation and the network's draws in training; index: the optimiser step.</summary>
    Step = 2,

    /// <summary>The network's draws in evaluation; index: the batch.</summary>
    Evaluation = 3,

    /// <summary>Which sets are learnt from, chosen by and tested on; index: 0.</summary>
    Split = 4,
}
