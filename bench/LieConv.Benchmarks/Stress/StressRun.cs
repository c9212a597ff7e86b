using System.Diagnostics;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Stress;

/// <summary>Does a subject's work again and again while another thread collects garbage every few milliseconds.</summary>
internal static class StressRun
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>Runs a subject.</summary>
    /// <param name="subject">The work.</param>
    /// <param name="seconds">How long.</param>
    public static StressOutcome Run(StressSubject subject, double seconds)
    {
        set_num_threads(1);
        random.manual_seed(1);
        var work = subject.Create();
        var expected = work();
        var (calls, failures, collections) = (0L, 0L, 0L);
        string? first = null;
        var watch = Stopwatch.StartNew();
        bool Goes() => watch.Elapsed.TotalSeconds < seconds;

        void Work()
        {
            while (Goes())
            {
                var failure = Once(work, expected);
                Interlocked.Increment(ref calls);
                if (failure is null) continue;
                Interlocked.Increment(ref failures);
                Interlocked.CompareExchange(ref first, failure, null);
            }
        }

        void Collect()
        {
            while (Goes())
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                collections++;
                Thread.Sleep(Pause);
            }
        }

        Thread[] threads = [new(Collect), .. Enumerable.Range(0, subject.Threads).Select(_ => new Thread(Work))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return new StressOutcome(calls, collections, failures, first);
    }

    private static string? Once(Func<double> work, double expected)
    {
        try
        {
            var found = work();
            return found == expected
                ? null
                : FormattableString.Invariant($"{found:R} instead of {expected:R}");
        }
        catch (Exception failure)                          // whatever it is, it is what is looked for
        {
            return failure.Message.Split('\n')[0];
        }
    }
}
