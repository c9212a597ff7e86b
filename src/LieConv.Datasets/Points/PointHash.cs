using System.Numerics;
using System.Runtime.InteropServices;

namespace LieConv.Datasets.Points;

/// <summary>
/// A checksum that finds damage of a block (no defence against intent): words of eight bytes are mixed in one after
/// another by the multiplication and rotation of wyhash's and xxHash's inner loops.
/// </summary>
internal static class PointHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15; // 2^64 over the golden ratio, odd

    /// <summary>The checksum of a block.</summary>
    public static ulong Compute(ReadOnlySpan<byte> block)
    {
        var hash = Multiplier ^ (ulong)block.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(block);
        foreach (var word in words) hash = BitOperations.RotateLeft((hash ^ word) * Multiplier, 29);
        foreach (var rest in block[(words.Length * sizeof(ulong))..])
            hash = BitOperations.RotateLeft((hash ^ rest) * Multiplier, 29);
        return hash ^ (hash >> 32);
    }
}
