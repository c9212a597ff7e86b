using System.IO.Compression;
using System.Text;
using LieConv.Datasets.Readers;

namespace LieConv.Tests.Datasets.Readers;

/// <summary>Gzip data that are cut short are a fault, wherever the cut is; several compressions in one file are none.</summary>
public sealed class WholeGzipTests
{
    private static readonly byte[] Text =
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i * i % 997} {i}\n")));

    [Fact]
    public void Read_CutAnywhere_IsAFault()
    {
        var packed = Pack(Text);
        using var folder = new TemporaryFolder();
        var path = folder.At("t.gz");
        // The header is ten bytes; before some data there is nothing to be lost.
        for (var length = 300; length < packed.Length; length += Math.Min(211, packed.Length - length))
        {
            File.WriteAllBytes(path, packed[..length]);
            var fault = Assert.Throws<InvalidDataException>(() => TextFile.Read(path));
            Assert.Equal($"{path}: the gzip data are damaged or cut short.", fault.Message);
        }

        File.WriteAllBytes(path, packed);
        Assert.Equal(Text, TextFile.Read(path));
    }

    [Fact]
    public void Read_SeveralCompressions_AreOneText()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("t.gz"), [.. Pack(Text[..1000]), .. Pack(Text[1000..1007]), .. Pack(Text[1007..])]);
        Assert.Equal(Text, TextFile.Read(folder.At("t.gz")));
        File.WriteAllBytes(folder.At("cut.gz"), [.. Pack(Text[..1000]), .. Pack(Text[1000..])[..^9]]);
        Assert.Throws<InvalidDataException>(() => TextFile.Read(folder.At("cut.gz")));
    }

    private static byte[] Pack(byte[] text)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest)) gzip.Write(text);
        return stream.ToArray();
    }
}
