using System.Reflection;
using TorchSharp;
using Xunit.v3;

namespace LieConv.Tests.Support;

/// <summary>
/// Fails a test after which more tensors of its thread are alive than before. Counts by TorchSharp's own statistics,
/// which are kept for each thread: for synchronous tests only, since an awaiting test may end on another thread.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class)]
public sealed class NoTensorLeaksAttribute : Attribute, IBeforeAfterTestAttribute
{
    private readonly AsyncLocal<(long Count, int Thread)> _before = new();

    /// <summary>Counts the live tensors of the thread.</summary>
    public void Before(MethodInfo methodUnderTest, IXunitTest test) => _before.Value = Now();

    /// <summary>Counts again.</summary>
    /// <exception cref="InvalidOperationException">Tensors were left, or the test changed its thread.</exception>
    public void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        var (before, thread) = _before.Value;
        var (after, threadNow) = Now();
        if (thread != threadNow)
            throw new InvalidOperationException(
                $"{methodUnderTest.Name} ended on another thread, where leaks of tensors cannot be counted.");
        if (after > before)
            throw new InvalidOperationException($"{methodUnderTest.Name} left {after - before} tensors alive.");
    }

    private static (long Count, int Thread) Now() =>
        (DisposeScopeManager.Statistics.ThreadTotalLiveCount, Environment.CurrentManagedThreadId);
}
