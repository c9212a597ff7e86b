namespace LieConv.Training.Runs;

/// <summary>A run is being trained by another process; the message is one sentence.</summary>
public sealed class RunInUseException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence.</param>
    public RunInUseException(string message) : base(message)
    {
    }
}
