using System.Runtime.InteropServices;

namespace LieConv.Cpu;

/// <summary>Scratch floats on a cache-line boundary, so that no vector straddles two lines.</summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int CacheLine = 64;

    /// <summary>Allocates; the contents are arbitrary unless cleared.</summary>
    public AlignedBuffer(long floats, bool clear = false)
    {
        var bytes = (nuint)floats * sizeof(float);
        Pointer = (float*)NativeMemory.AlignedAlloc(Math.Max(bytes, 1), CacheLine);
        if (clear) NativeMemory.Clear(Pointer, bytes);
    }

    /// <summary>Floats that take as much room as this many values: scratch for offsets, which on the stack of a thread
    /// would overflow it where a query has very many neighbours.</summary>
    public static long FloatsFor<T>(int count)
        where T : unmanaged => ((long)count * sizeof(T) + sizeof(float) - 1) / sizeof(float);

    /// <summary>The first float.</summary>
    public float* Pointer { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
