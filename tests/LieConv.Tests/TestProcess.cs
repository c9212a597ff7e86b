using System.Runtime.CompilerServices;
using LieConv.Cpu;
using Xunit.Sdk;

// One test after the other: libtorch uses all cores anyway, and a garbage collection that another test sets off may
// finalise a scalar that a native call still reads (TorchSharp does not keep it alive).
[assembly: Xunit.v3.Parallelization(Mode = ParallelMode.None)]

namespace LieConv.Tests;

/// <summary>What holds for the whole test process: idle threads must not spin beside our own kernels.</summary>
internal static class TestProcess
{
    [ModuleInitializer]
    internal static void Prepare() => ThreadWaiting.Shorten();
}
