using LieConv.Datasets.Pictures;
using SkiaSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Datasets.Pictures;

/// <summary>Folders of pictures: what is read, how it is seen, and what is kept of it.</summary>
public sealed class PictureDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public void Dispose() => _folder.Dispose();

    private string Root => _folder.At("data");

    [Fact]
    public void Open_FolderOfClasses_HasPixelsClassesAndNames()
    {
        Draw("b/2.PNG", SKColors.Red);
        Draw("a/sub/1.bmp.png", SKColors.Lime);
        Draw("a/0.png", SKColors.Blue);
        Draw("b/.hidden.png", SKColors.Blue);
        Draw("b/3.png", SKColors.White);
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        File.WriteAllText(Path.Combine(Root, "a/notes.txt"), "x");
        using var set = Open();
        using var scope = NewDisposeScope();
        Assert.Equal(["a", "b"], set.Head.Classes);
        Assert.Equal(["a/0.png", "a/sub/1.bmp.png", "b/2.PNG", "b/3.png"], set.Head.Pictures.Select(p => p.Name));
        Assert.Equal([0, 0, 1, 1], set.Head.Pictures.Select(p => p.Class));
        var images = set.Images([2, 0]);
        Assert.Equal([2, 3, 4, 6], images.shape);
        Assert.Equal([1f, 0f, 0f], images[0].mean([1, 2]).data<float>().ToArray());
        Assert.Equal([0f, 0f, 1f], images[1].mean([1, 2]).data<float>().ToArray());
        Assert.Equal(
        [
            $"Reading 4 pictures of {Root}.", "Pictures have 6 x 4 pixels. Colours: 3 channels.",
            "Passed over, as expected are .png, .jpg, .jpeg or .bmp files in folders of classes: a/notes.txt.",
        ], _said);
    }

    [Fact]
    public void Open_AllGrey_HasOneChannelAndSaysSo()
    {
        foreach (var name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"]) Draw(name, new SKColor(51, 51, 51));
        using var set = Open();
        using var scope = NewDisposeScope();
        Assert.Equal(1, set.Head.Channels);
        Assert.Equal(51 / 255f, set.Images([3]).max().item<float>());
        Assert.Contains("Pictures have 6 x 4 pixels. All are grey: 1 channel.", _said);
    }

    [Fact]
    public void Open_Again_ReadsWhatIsKeptUntilAPictureChanges()
    {
        foreach (var name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"]) Draw(name, SKColors.Red);
        Open().Dispose();
        Assert.Single(Directory.GetFiles(_folder.Path, "data.*.pictures"));
        File.SetLastWriteTimeUtc(Path.Combine(Root, "a/1.png"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _said.Clear();
        Open().Dispose();
        Assert.DoesNotContain(_said, line => line.StartsWith("Reading", StringComparison.Ordinal)); // another time, the same content
        Draw("a/1.png", SKColors.Blue);
        using var set = Open();
        using var scope = NewDisposeScope();
        Assert.Contains(_said, line => line.StartsWith("Reading", StringComparison.Ordinal));
        Assert.Equal(1, set.Images([0])[0, 2].min().item<float>());
    }

    [Fact]
    public void Open_DamagedCache_IsSaidAndMadeAgain()
    {
        foreach (var name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"]) Draw(name, SKColors.Red);
        Open().Dispose();
        var cache = Assert.Single(Directory.GetFiles(_folder.Path, "data.*.pictures"));
        using (var file = File.OpenWrite(cache)) file.WriteByte(7);
        using var set = Open();
        using var scope = NewDisposeScope();
        Assert.Contains($"{cache} is damaged; reading the pictures again.", _said);
        Assert.Equal(1, set.Images([0])[0, 0].min().item<float>());
    }

    [Fact]
    public void Open_DifferentSizes_AreSeenInTheMedianAndLargeOnesShrunk()
    {
        foreach (var (name, width, height) in new[] { ("a/1.png", 10, 4), ("a/2.png", 20, 8), ("b/1.png", 12, 6), ("b/2.png", 12, 6) })
            DrawnPictures.Write(Path.Combine(Root, name), width, height, SKColors.Red);
        using var set = Open();
        Assert.Equal((12, 6), (set.Head.Width, set.Head.Height));
        Assert.Contains("Pictures are of different size, 12 x 6 pixels in the median; they are seen in that; proportions stay, " +
            "what is added is black (--size WxH asks for another size). Colours: 3 channels.", _said);
        using var asked = Open(new PictureOptions { Size = "9x5" });
        Assert.Equal((9, 5), (asked.Head.Width, asked.Head.Height));
        Assert.Equal((64, 48), Size(PictureSizes.Choose(null, [(300, 400), (300, 400)])));
    }

    [Fact]
    public void Open_Transparent_LiesOnBlackAndIsSaid()
    {
        foreach (var name in (string[])["a/1.png", "a/2.png", "b/1.png"]) Draw(name, SKColors.White);
        Draw("b/2.png", new SKColor(255, 255, 255, 0));
        using var set = Open();
        using var scope = NewDisposeScope();
        Assert.Equal(0, set.Images([3]).max().item<float>());
        Assert.Contains("What is transparent in 1 of 4 pictures lies on black.", _said);
    }

    /// <summary>A JPEG whose EXIF says 6, turned a quarter: rows and columns change places.</summary>
    [Fact]
    public void ReadSize_TurnedByExif_IsThatOfThePictureUpright()
    {
        var path = _folder.At("photo.jpg");
        DrawnPictures.Write(path, 6, 4, SKColors.Red, SKEncodedImageFormat.Jpeg);
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
            0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
        ];
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. bytes[..2], .. exif, .. bytes[2..]]);
        Assert.Equal((6, 4), PictureFile.ReadSize(path));
        Assert.Equal((6, 4), (PictureFile.Read(path).Height, PictureFile.Read(path).Width));
    }

    private static (int, int) Size(PictureSizes sizes) => (sizes.Width, sizes.Height);

    private void Draw(string name, SKColor colour) => DrawnPictures.Write(Path.Combine(Root, name), 6, 4, colour);

    private PictureSet Open(PictureOptions? options = null) =>
        PictureData.Open((options ?? new PictureOptions()) with { Path = Root }, _said.Add);
}
