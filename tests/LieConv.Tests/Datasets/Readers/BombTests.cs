using System.IO.Compression;
using System.Text;
using ICSharpCode.SharpZipLib.BZip2;
using LieConv.Datasets.Molecules;
using LieConv.Datasets.Readers;
using LieConv.Tests.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Readers;

/// <summary>Small files that unpack, or claim, to gigabytes are refused before they fill the memory.</summary>
[Collection("Serial")]
[Trait("Category", "Faults")]
public sealed class BombTests : IDisposable
{
    /// <summary>Bytes that a refusal may take: what is always allowed to unpack, and the copies of a growing array.
    /// </summary>
    private const long Allowed = 160L << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GzipText_Bomb_IsRefused() => AssertRefused(
        Write("a.xyz.gz", file => Gzip(file, "3\nwater\n"u8, 400 << 20, (byte)'1')), path => MoleculeFile.Read(path),
        "unpacks to more than");

    [Fact]
    public void GzipIdx_Bomb_IsRefused() => AssertRefused(
        Write("a.gz", file => Gzip(file, [0, 0, 8, 3, 0, 8, 0, 0, 0, 0, 0, 28, 0, 0, 0, 28], 400 << 20, 0)),
        path => IdxFile.Read(path, 3), "a.gz: the header promises 524288 x 28 x 28 bytes, more than the file can hold.");

    [Fact]
    public void GzipIdx_PromiseWithoutData_TakesNoMemory() => AssertRefused(
        Write("a.gz", file => Gzip(file, [0, 0, 8, 1, 0, 0xF0, 0, 0], 3, 0)), path => IdxFile.Read(path, 1),
        "ends after 3 of the 15728640 bytes", 16 << 20);

    [Fact]
    public void Bzip2Archive_OfZeros_IsRefused() => AssertRefused(
        Write("a.tar.bz2", file => Bzip2(file, 200 << 20)), path => Qm9Archive.Read(path), "unpacks to more than");

    [Fact]
    public void Bzip2Archive_OfEmptyStreams_IsRefused()
    {
        var empty = Convert.FromHexString("425A683917724538509000000000");
        AssertRefused(
            Write("a.tar.bz2", file => file.Write([.. Enumerable.Repeat(empty, 5000).SelectMany(part => part)])),
            path => Qm9Archive.Read(path), "empty bzip2 streams", 1L << 30);
    }

    [Theory]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('L')]
    [InlineData('K')]
    [InlineData('0')]
    [InlineData('S')]
    public void Tar_SizeNearTwoToThe31_IsRefused(char type)
    {
        foreach (var size in new[] { (1L << 31) - 1, 1L << 31, (1L << 31) + 511, (1L << 32) - 1, (1L << 33) - 1 })
            AssertRefused(
                Write("a.tar", file => file.Write(Header(type, Convert.ToString(size, 8).PadLeft(11, '0')))),
                path => Qm9Archive.Read(path), "a.tar");
    }

    [Theory]
    [InlineData("20 size=99999999999\n")]
    [InlineData("28 size=9223372036854775807\n")]
    [InlineData("99999 path=a\n")]
    [InlineData("path=a\n")]
    [InlineData("14 size=-5555\n")]
    public void Tar_ExtendedHeader_IsRefused(string attributes) => AssertRefused(
        Write("a.tar", file =>
        {
            file.Write(Header('x', Convert.ToString(attributes.Length, 8).PadLeft(11, '0')));
            file.Write([.. Encoding.ASCII.GetBytes(attributes), .. new byte[512 - attributes.Length]]);
            file.Write(Header('0', "00000000003"));
            file.Write([.. "abc"u8, .. new byte[509]]);
        }),
        path => Qm9Archive.Read(path), "a.tar");

    [Fact]
    public void Tar_LongNames_AreRead()
    {
        var (name, text) = MoleculeSamples.Renamed(5);
        var folder = new string('d', 120);
        foreach (var format in new[] { System.Formats.Tar.TarEntryFormat.Pax, System.Formats.Tar.TarEntryFormat.Gnu })
        {
            using (var file = File.Create(_folder.At("a.tar")))
            using (var tar = new System.Formats.Tar.TarWriter(file, format))
            {
                System.Formats.Tar.TarEntry entry = format == System.Formats.Tar.TarEntryFormat.Pax
                    ? new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, $"{folder}/{name}")
                    : new System.Formats.Tar.GnuTarEntry(System.Formats.Tar.TarEntryType.RegularFile, $"{folder}/{name}");
                entry.DataStream = new MemoryStream(Encoding.Latin1.GetBytes(text));
                tar.WriteEntry(entry);
            }

            Assert.Equal([5], Qm9Archive.Read(_folder.At("a.tar")).Ids);
        }
    }

    [Fact]
    public void ZipArchive_Bomb_IsRefused() => AssertRefused(
        Write("a.zip", file => Zip(file, "dsgdb9nsd_000001.xyz", [], 400 << 20)), path => Qm9Archive.Read(path),
        "expected the text of one molecule");

    [Theory]
    [InlineData("(50000000,)", "|u1", "z", 50_000_000, "unpacks to more than")]
    [InlineData("(200000,)", "|u1", "z", 200_000, "expected one for each atom, at most 100000")]
    [InlineData("(99999999999999,)", "<f8", "z", 8, "needs 799999999999992")]
    [InlineData("(9999999999, 9999999999, 9999999999)", "<f8", "z", 8, "has an impossible shape")]
    [InlineData("(1,)", "<U99999999", "z", 8, "has elements of type '<U99999999'")]
    public void Npz_Bomb_IsRefused(string shape, string type, string name, int zeros, string message)
    {
        var header = Encoding.Latin1.GetBytes($"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n");
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header];
        AssertRefused(
            Write("a.npz", file => Zip(file, name + ".npy", start, zeros)), path => Md17.Read(path), message);
    }

    [Fact]
    public void Npz_LongHeader_IsRefused() => AssertRefused(
        Write("a.npz", file => Zip(file, "z.npy", [0x93, .. "NUMPY"u8, 2, 0, 0, 0, 16, 0], 1 << 20)), path => Md17.Read(path),
        "has a header of 1048576 bytes; expected at most");

    [Theory]
    [InlineData("a.xyz", "999999999\n\nO 0 0 0\n")]
    [InlineData("a.xyz", "1\nProperties=species:S:1:pos:R:3:a:R:9999:b:R:9999\nO 0 0 0\n")]
    [InlineData("a.sdf", "a\n\n\n999999  0  0  0  0  0            999 V2000\n")]
    [InlineData("a.sdf", "a\n\n\n  0  0  0  0  0  0            999 V3000\nM  V30 COUNTS 2000000000 2000000000 0 0 0\nM  END\n")]
    public void Text_ClaimsOfMany_TakeNoMemory(string name, string text) => AssertRefused(
        Write(name, file => file.Write(Encoding.ASCII.GetBytes(text))), path => MoleculeFile.Read(path), name, 16 << 20);

    [Fact]
    public void Text_HolesOfNothing_AreNoText() => AssertRefused(
        Write("a.xyz", file => file.SetLength(3L << 30)), path => MoleculeFile.Read(path), "is no text: byte 1 is 0", 16 << 20);

    [Fact]
    public void Gzip_OrdinaryText_IsRead()
    {
        var text = string.Concat(Enumerable.Repeat("3\nwater\nO 0 0 0.1\nH 0.7 0 -0.5\nH -0.7 0 -0.5\n", 20_000));
        var path = Write("a.xyz.gz", file => Gzip(file, Encoding.ASCII.GetBytes(text), 0, 0));
        Assert.Equal(20_000, MoleculeFile.Read(path).Count);
    }

    private string Write(string name, Action<FileStream> write)
    {
        using var file = File.Create(_folder.At(name));
        write(file);
        return file.Name;
    }

    private static void AssertRefused(string path, Action<string> read, string message, long allowed = Allowed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<InvalidDataException>(() => read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, allowed);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private static void Gzip(Stream file, ReadOnlySpan<byte> start, long more, byte value)
    {
        using var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
        gzip.Write(start);
        Fill(gzip, more, value);
    }

    // Streams one after another, since compressing long runs takes long.
    private static void Bzip2(Stream file, long zeros)
    {
        using var memory = new MemoryStream();
        using (var bzip2 = new BZip2OutputStream(memory) { IsStreamOwner = false }) Fill(bzip2, 1 << 20, 0);
        for (; zeros > 0; zeros -= 1 << 20) file.Write(memory.ToArray());
    }

    private static void Zip(Stream file, string name, byte[] start, long zeros)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        entry.Write(start);
        Fill(entry, zeros, 0);
    }

    private static void Fill(Stream stream, long count, byte value)
    {
        var block = new byte[1 << 20];
        Array.Fill(block, value);
        for (; count > 0; count -= block.Length) stream.Write(block, 0, (int)Math.Min(count, block.Length));
    }

    private static byte[] Header(char type, string octalSize)
    {
        var header = new byte[512];
        "name"u8.CopyTo(header);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        Encoding.ASCII.GetBytes(octalSize).CopyTo(header, 124);
        "        "u8.CopyTo(header.AsSpan(148));
        header[156] = (byte)type;
        "ustar\0"u8.CopyTo(header.AsSpan(257));
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }
}
