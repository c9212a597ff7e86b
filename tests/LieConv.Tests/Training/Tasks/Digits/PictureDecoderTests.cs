using LieConv.Datasets.Digits;
using LieConv.Datasets.Pictures;
using LieConv.Tests.Support;
using LieConv.Training.PictureFiles;
using SkiaSharp;

namespace LieConv.Tests.Training.Tasks.Digits;

public sealed class PictureDecoderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A grey pixel keeps its value to the last bit: v / 255 in float32, as of an idx file.</summary>
    [Theory]
    [InlineData("a.png")]
    [InlineData("a.bmp")]
    public void Read_EveryGreyLevel_IsExact(string name)
    {
        byte[] levels = [.. Enumerable.Range(0, 256).Select(level => (byte)level)];
        var path = _folder.File(name);
        if (name.EndsWith("bmp", StringComparison.Ordinal)) PictureFiles.WriteBmp(path, levels, 16);
        else PictureFiles.Write(path, levels, 16, 16);
        var picture = PictureDecoder.Read(path, Ink.Auto);
        Assert.Equal((16, 16), (picture.Height, picture.Width));
        Assert.Equal(levels.Select(level => level / 255f), picture.Pixels);
    }

    /// <summary>ITU-R BT.601: 0.299, 0.587 and 0.114.</summary>
    [Fact]
    public void Read_Colours_AreLuma()
    {
        var pixels = Encoded(SKColors.Red, new SKColor(0, 255, 0), SKColors.Blue, SKColors.White);
        Assert.All(pixels.Zip([0.299f, 0.587f, 0.114f, 1f]), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Theory]
    [InlineData(Ink.Auto, 0, 1f)]                    // black ink, so white paper
    [InlineData(Ink.Auto, 255, 0f)]                  // white ink, so black paper
    [InlineData(Ink.Light, 0, 0f)]
    [InlineData(Ink.Dark, 255, 1f)]
    public void Read_Transparent_LiesOnWhatTheInkStandsOutFrom(Ink ink, byte shade, float ground)
    {
        var pixels = Encoded(ink, new SKColor(shade, shade, shade), SKColors.Transparent, new SKColor(255, 255, 255, 0));
        Assert.Equal([shade / 255f, ground, ground], pixels);
    }

    [Fact]
    public void Read_HalfTransparent_IsMixed() =>
        Assert.Equal(1 - 128 / 255f, Encoded(Ink.Auto, SKColors.Black, new SKColor(0, 0, 0, 128))[1], 1e-6);

    /// <summary>EXIF, tag 0x0112: the side that the first row, then the first column, is to be seen at.</summary>
    [Theory]
    [InlineData(SKEncodedOrigin.TopLeft, "123/456")]
    [InlineData(SKEncodedOrigin.TopRight, "321/654")]
    [InlineData(SKEncodedOrigin.BottomRight, "654/321")]
    [InlineData(SKEncodedOrigin.BottomLeft, "456/123")]
    [InlineData(SKEncodedOrigin.LeftTop, "14/25/36")]
    [InlineData(SKEncodedOrigin.RightTop, "41/52/63")]
    [InlineData(SKEncodedOrigin.RightBottom, "63/52/41")]
    [InlineData(SKEncodedOrigin.LeftBottom, "36/25/14")]
    public void Undo_NotedTurn_ShowsThePictureUpright(SKEncodedOrigin origin, string expected)
    {
        var upright = EncodedTurn.Undo([1, 2, 3, 4, 5, 6], 2, 3, origin);
        var width = EncodedTurn.Transposes(origin) ? 2 : 3;
        Assert.Equal(expected, string.Join('/', upright.Chunk(width).Select(row => string.Concat(row))));
    }

    /// <summary>The header of a PNG of 100,000 x 100,000 pixels, 60 bytes: refused before memory is taken.</summary>
    [Fact]
    [Trait("Category", "Faults")]
    public void Read_BombOfTenBillionPixels_IsRefusedByItsHeader()
    {
        var path = _folder.File("bomb.png");
        PictureFiles.Write(path, new byte[4], 2, 2);
        var bytes = File.ReadAllBytes(path);
        byte[] side = [0, 1, 0x86, 0xA0];
        side.CopyTo(bytes, 16);
        side.CopyTo(bytes, 20);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc(bytes.AsSpan(12, 17)));
        File.WriteAllBytes(path, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal($"{path}: has 100000 x 100000 pixels; expected at most 40 million.", Refusal(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Read_DamagedFiles_AreOneSentence()
    {
        var path = _folder.File("a.png");
        PictureFiles.Write(path, [.. Enumerable.Range(0, 10_000).Select(i => (byte)(i * 7919 >> 3))], 100, 100);
        var whole = File.ReadAllBytes(path);
        foreach (var (length, expected) in new[]
                 {
                     (0, "the file is empty."), (5, "ends inside its header."), (whole.Length / 2, "is cut short:"),
                 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.StartsWith($"{path}: {expected}", Refusal(path), StringComparison.Ordinal);
        }
        File.WriteAllText(path, "no picture at all, but text of some length");
        Assert.Equal($"{path}: is no PNG, JPEG or BMP.", Refusal(path));
        File.WriteAllBytes(path, [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]);
        Assert.StartsWith($"{path}: is ", Refusal(path), StringComparison.Ordinal);
        Assert.StartsWith($"{_folder.File("none.png")}: cannot be read: ", Refusal(_folder.File("none.png")), StringComparison.Ordinal);
    }

    /// <summary>Every byte of a chunk is under its checksum: whichever is wrong, that is what is said.</summary>
    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(29, "IHDR")]                         // the checksum of the first part
    [InlineData(17, "IHDR")]                         // the width
    [InlineData(25, "IHDR")]                         // the kind of colours
    [InlineData(-20, "IDAT")]                        // the last pixels
    public void Read_PngWithAWrongByte_NamesThePart(int at, string part)
    {
        var path = _folder.File("a.png");
        PictureFiles.Write(path, [.. Enumerable.Range(0, 400).Select(i => (byte)(i * 7919 >> 3))], 20, 20);
        var bytes = File.ReadAllBytes(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x55;
        File.WriteAllBytes(path, bytes);
        Assert.Equal($"{path}: is damaged: the checksum of its part {part} is not that of its content.", Refusal(path));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(0, 4, "says that it has 0 x 4 pixels, which no picture can have.")]
    [InlineData(4, 0, "says that it has 4 x 0 pixels, which no picture can have.")]
    [InlineData(-4, 4, "says that it has -4 x 4 pixels, which no picture can have.")]
    [InlineData(int.MinValue, 4, "says that it has -2147483648 x 4 pixels, which no picture can have.")]
    [InlineData(4, int.MinValue, "says that it has 4 x 2147483648 pixels, which no picture can have.")]
    [InlineData(100_000, 100_000, "has 100000 x 100000 pixels; expected at most 40 million.")]
    [InlineData(int.MaxValue, -7, "has 2147483647 x 7 pixels; expected at most 40 million.")]
    public void Read_BmpOfImpossibleSize_SaysSo(int width, int height, string expected)
    {
        var path = _folder.File("a.bmp");
        PictureFiles.WriteBmp(path, new byte[16], 4);
        var bytes = File.ReadAllBytes(path);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), height);
        File.WriteAllBytes(path, bytes);
        Assert.Equal($"{path}: {expected}", Refusal(path));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(0, 4, "says that it has 0 x 4 pixels, which no picture can have.")]
    [InlineData(4, 0, "says that it has 4 x 0 pixels, which no picture can have.")]
    [InlineData(0x7FFFFFFF, 1, "has 2147483647 x 1 pixels; expected at most 40 million.")]
    public void Read_PngOfImpossibleSize_SaysSo(int width, int height, string expected)
    {
        var path = _folder.File("a.png");
        PictureFiles.Write(path, new byte[16], 4, 4);
        var bytes = File.ReadAllBytes(path);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc(bytes.AsSpan(12, 17)));
        File.WriteAllBytes(path, bytes);
        Assert.Equal($"{path}: {expected}", Refusal(path));
    }

    /// <summary>However much of a picture is missing, it is never taken for something else.</summary>
    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    [InlineData("a.bmp")]
    public void Read_CutAnywhere_IsSaidToBeCut(string name)
    {
        var path = _folder.File(name);
        byte[] grey = [.. Enumerable.Range(0, 64).Select(i => (byte)(i * 7919 >> 3))];
        if (name.EndsWith("bmp", StringComparison.Ordinal)) PictureFiles.WriteBmp(path, grey, 8);
        else PictureFiles.Write(path, grey, 8, 8);
        var whole = File.ReadAllBytes(path);
        for (var length = 4; length < whole.Length - 40; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);
            var said = Refusal(path)[(path.Length + 2)..];
            Assert.True(said == "ends inside its header." || said.StartsWith("is cut short", StringComparison.Ordinal), $"{length}: {said}");
        }
    }

    private static string Refusal(string path) =>
        Assert.Throws<InvalidDataException>(() => PictureDecoder.Read(path, Ink.Auto)).Message;

    private float[] Encoded(params SKColor[] colours) => Encoded(Ink.Auto, colours);

    private float[] Encoded(Ink ink, params SKColor[] colours)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(colours.Length, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var i = 0; i < colours.Length; i++) bitmap.SetPixel(i, 0, colours[i]);
        var path = _folder.File("c.png");
        PictureFiles.Encode(path, bitmap);
        return PictureDecoder.Read(path, ink).Pixels;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
