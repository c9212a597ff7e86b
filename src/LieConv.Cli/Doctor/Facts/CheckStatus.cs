namespace LieConv.Cli.Doctor.Facts;

/// <summary>How a check ended.</summary>
internal enum CheckStatus
{
    /// <summary>As it should be, or nothing that matters.</summary>
    Ok,

    /// <summary>Works, but slower or with less than it could.</summary>
    Warn,

    /// <summary>Training cannot run.</summary>
    Fail,
}
