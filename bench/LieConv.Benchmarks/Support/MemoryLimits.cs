namespace LieConv.Benchmarks.Support;

/// <summary>How much memory benchmarks may take.</summary>
internal static class MemoryLimits
{
    /// <summary>What a table of pairs may take, in bytes: more is not run.</summary>
    public const double Tables = 8e9;

    /// <summary>Resident memory at which a child is ended, in bytes.</summary>
    public const double Child = 10e9;

    /// <summary>Resident memory of which a figure is still given, in bytes.</summary>
    public const double Shown = 8e9;
}
