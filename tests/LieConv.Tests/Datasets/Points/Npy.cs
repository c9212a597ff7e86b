using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace LieConv.Tests.Datasets.Points;

/// <summary>Writes NumPy's formats, as its document NEP 1 describes them.</summary>
internal static class Npy
{
    public static byte[] Make(string type, string shape, byte[] data)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight((header.Length + 11 + 63) / 64 * 64 - 11) + "\n";
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8),
            .. Encoding.Latin1.GetBytes(header), .. data];
    }

    public static byte[] Doubles(double[] numbers, string shape) =>
        Make("<f8", shape, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());

    public static byte[] Longs(long[] numbers, string shape) =>
        Make("<i8", shape, MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());

    public static byte[] Texts(string[] texts, string shape)
    {
        var width = Math.Max(1, texts.Max(text => text.Length));
        var data = texts.SelectMany(text => Encoding.UTF32.GetBytes(text.PadRight(width, '\0'))).ToArray();
        return Make($"<U{width}", shape, data);
    }

    public static void Zip(string path, IEnumerable<(string Name, byte[] Array)> arrays)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, array) in arrays)
        {
            using var entry = zip.CreateEntry(name + ".npy", CompressionLevel.Fastest).Open();
            entry.Write(array);
        }
    }
}
