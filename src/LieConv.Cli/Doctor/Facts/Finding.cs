namespace LieConv.Cli.Doctor.Facts;

/// <summary>What a check found.</summary>
/// <param name="Check">Name of what was checked, one or two words.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Advice">What to do; always there where something is wrong.</param>
internal sealed record Finding(string Check, CheckStatus Status, string Detail, string? Advice = null)
{
    /// <summary>All is well.</summary>
    public static Finding Ok(string check, string detail, string? advice = null) => new(check, CheckStatus.Ok, detail, advice);

    /// <summary>Something could be better.</summary>
    public static Finding Warn(string check, string detail, string advice) => new(check, CheckStatus.Warn, detail, advice);

    /// <summary>Something is broken.</summary>
    public static Finding Fail(string check, string detail, string advice) => new(check, CheckStatus.Fail, detail, advice);
}
