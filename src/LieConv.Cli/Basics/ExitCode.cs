namespace LieConv.Cli.Basics;

/// <summary>How the tool says how it went.</summary>
internal static class ExitCode
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>A bug; its trace is printed.</summary>
    public const int Bug = 1;

    /// <summary>Bad input or a machine that cannot do what was asked: one sentence on stderr.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by the user, with the state saved: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;
}
