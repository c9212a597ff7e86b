using System.IO.Compression;
using CsCheck;
using LieConv.Datasets.Readers;

namespace LieConv.Tests.Datasets.Readers;

public class IdxFileTests
{
    private static readonly IdxArray Small = new([3, 2, 2], [.. Enumerable.Range(1, 12).Select(i => (byte)i)]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_WholeFile_GivesItsContents(bool gzip)
    {
        var read = Read(Bytes(Small, gzip), 3);
        Assert.Equal(Small.Shape, read.Shape);
        Assert.Equal(Small.Data, read.Data);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("", "empty")]
    [InlineData("0000", "ends inside the header, after 2 of 8 bytes")]
    [InlineData("00000803", "00 00 08 01")]
    [InlineData("00000D01" + "00000001" + "00", "00 00 0D 01")]
    [InlineData("00000801" + "00000000", "size 1 must be from 1")]
    [InlineData("00000801" + "FFFFFFFF" + "00", "not 4294967295")]
    [InlineData("00000801" + "7FFFFFFF" + "00", "promises 2147483647 bytes")]
    [InlineData("00000801" + "00000005" + "0000", "ends after 2 of the 5 bytes")]
    [InlineData("00000801" + "00000001" + "0000", "goes on after the 1 bytes")]
    [InlineData("1F8B", "ends inside the header, after 0 of 8 bytes")]
    [InlineData("1F8B0800000000000003" + "FFFFFFFF", "damaged or cut short")]
    public void Read_DamagedFile_SaysWhatAndWhere(string hex, string words)
    {
        var fault = Assert.Throws<InvalidDataException>(() => Read(Convert.FromHexString(hex), 1));
        Assert.StartsWith("file: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Read_HugeSizesInThreeDimensions_RefusesWithoutOverflow()
    {
        var header = Convert.FromHexString("00000803" + "7FFFFFFF" + "7FFFFFFF" + "7FFFFFFF" + "00");
        Assert.Contains("more than the file can hold",
            Assert.Throws<InvalidDataException>(() => Read(header, 3)).Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Read_GzipCutAnywhere_IsRefusedOrWhole()
    {
        var bytes = Bytes(Small, gzip: true);
        for (var length = 0; length < bytes.Length; length++)
        {
            try
            {
                Assert.Equal(Small.Data, Read(bytes[..length], 3).Data); // only the check sum at the end is missing
            }
            catch (InvalidDataException)
            {
            }
        }

        Assert.Throws<InvalidDataException>(() => Read(bytes[..(bytes.Length / 2)], 3));
    }

    [Fact, Trait("Category", "Faults")]
    public void Read_MissingFileOrFolder_SaysWhich()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("nothing-here",
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(folder.At("nothing-here"), 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => IdxFile.Read(folder.Path, 1));
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_MutatedBytes_SucceedsOrRefuses(bool gzip)
    {
        var original = Bytes(Small, gzip);
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var bytes = (byte[])original.Clone();
            foreach (var (place, value) in changes) bytes[place] = value;
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Assert.NotEmpty(Read(bytes, 3).Data);
            }
            catch (InvalidDataException)
            {
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
        }, iter: 2000, threads: 1);
    }

    [Fact, Trait("Category", "Faults")]
    public void Read_GzipThatPromisesMuch_TakesNoMoreThanDeflateAllows()
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Convert.FromHexString("00000801" + "40000000")); // a gigabyte
        Assert.Contains("more than the file can hold",
            Assert.Throws<InvalidDataException>(() => Read(stream.ToArray(), 1)).Message, StringComparison.Ordinal);
    }

    private static IdxArray Read(byte[] bytes, int dimensions) =>
        IdxFile.Read(new MemoryStream(bytes), "file", dimensions);

    private static byte[] Bytes(IdxArray array, bool gzip)
    {
        using var stream = new MemoryStream();
        if (gzip) IdxWriter.WriteGzip(stream, array);
        else IdxWriter.Write(stream, array);
        return stream.ToArray();
    }
}
