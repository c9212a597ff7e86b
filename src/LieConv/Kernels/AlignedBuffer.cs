using System.Runtime.InteropServices;

namespace LieConv.Kernels;

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

    /// <summary>The first float.</summary>
    public float* Pointer { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.AlignedFree(Pointer);
        Pointer = null;
    }
}
