namespace LieConv.Dynamics.Solvers;

/// <summary>An integration that cannot reach its last time: too many steps, or values that are not finite.</summary>
public sealed class IntegrationFailedException : Exception
{
    /// <summary>Makes the exception without a message of its own.</summary>
    public IntegrationFailedException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, in a sentence.</param>
    public IntegrationFailedException(string message) : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What happened, in a sentence.</param>
    /// <param name="innerException">The cause.</param>
    public IntegrationFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
