using System.Runtime.InteropServices;
using LieConv.Dynamics.Solvers;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Cli.Basics;

/// <summary>Tells failures that a user can act on from bugs.</summary>
internal static class Failure
{
    /// <summary>One sentence for the user; null for a bug.</summary>
    public static string? Sentence(Exception failure) => failure switch
    {
        ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException
            or TrainingFailedException or IntegrationFailedException => FailureText.Describe(failure),
        OutOfMemoryException => OutOfMemory,
        ExternalException native => FromTorch(native),
        DllNotFoundException missing => MissingLibrary(missing),
        TypeInitializationException { InnerException: DllNotFoundException missing } => MissingLibrary(missing),
        _ => null,
    };

    private const string OutOfMemory =
        "There is not enough memory; try a smaller --batch or a smaller network (--set model.channels=...).";

    private static string MissingLibrary(DllNotFoundException missing) =>
        $"A native library does not load ({missing.Message.Split('\n')[0].TrimEnd('.')}); lieconv doctor says more.";

    /// <summary>libtorch throws text with a C++ trace: a full memory is told by its words, all else is a bug.</summary>
    private static string? FromTorch(ExternalException native) => MemoryFault.Is(native) ? OutOfMemory : null;
}
