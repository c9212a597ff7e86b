using System.Runtime.InteropServices;

namespace LieConv.Training.Learning;

/// <summary>Tells failures of a full memory from others.</summary>
public static class MemoryFault
{
    private static readonly string[] Words =
        ["not enough memory", "out of memory", "DefaultCPUAllocator", "can't allocate memory"];

    /// <summary>Whether memory has run out: libtorch throws text with a C++ trace, told by its words.</summary>
    public static bool Is(Exception failure) => failure switch
    {
        OutOfMemoryException => true,
        ExternalException native => Words.Any(
            words => native.Message.Contains(words, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };
}
