using System.Runtime.CompilerServices;
using LieConv.Runtime;

namespace LieConv.Tests;

/// <summary>What holds for the whole test process: tests run beside each other, so idle threads must not spin.</summary>
internal static class TestProcess
{
    [ModuleInitializer]
    internal static void Prepare() => ThreadWaiting.Shorten();
}
