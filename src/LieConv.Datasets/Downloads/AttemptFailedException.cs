namespace LieConv.Datasets.Downloads;

/// <summary>One attempt on one mirror failed.</summary>
/// <param name="reason">What the mirror did, as the end of a sentence.</param>
/// <param name="mayPass">Whether another attempt on the same mirror can help.</param>
internal sealed class AttemptFailedException(string reason, bool mayPass) : Exception(reason)
{
    /// <summary>Whether another attempt on the same mirror can help.</summary>
    public bool MayPass { get; } = mayPass;
}
