using System.Runtime.ExceptionServices;

namespace LieConv.Datasets.Points.ModelNet;

/// <summary>Reads files on several threads and gives them in their order, a few ahead of who takes them.</summary>
internal static class SideBySide
{
    /// <summary>Reads files.</summary>
    /// <param name="files">Their paths.</param>
    /// <param name="read">Reads one; called from several threads.</param>
    public static IEnumerable<T> Read<T>(IReadOnlyList<string> files, Func<string, T> read)
    {
        var ahead = new Queue<Task<T>>();
        var next = 0;
        while (next < files.Count || ahead.Count > 0)
        {
            for (; next < files.Count && ahead.Count < Environment.ProcessorCount; next++)
            {
                var path = files[next];
                ahead.Enqueue(Task.Run(() => read(path)));
            }

            yield return Result(ahead.Dequeue());
        }
    }

    private static T Result<T>(Task<T> task)
    {
        try
        {
            return task.Result;
        }
        catch (AggregateException fault)
        {
            ExceptionDispatchInfo.Throw(fault.InnerException!);
            throw;
        }
    }
}
