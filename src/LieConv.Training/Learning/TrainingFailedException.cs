namespace LieConv.Training.Learning;

/// <summary>Training cannot go on for a reason that the user can act on; the message is one sentence.</summary>
public sealed class TrainingFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence.</param>
    public TrainingFailedException(string message) : base(message)
    {
    }
}
