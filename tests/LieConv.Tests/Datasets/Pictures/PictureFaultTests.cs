using LieConv.Datasets.Pictures;
using SkiaSharp;

namespace LieConv.Tests.Datasets.Pictures;

/// <summary>One sentence for each fault of a folder of pictures.</summary>
[Trait("Category", "Faults")]
public sealed class PictureFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Root => _folder.At("data");

    [Theory]
    [InlineData("", "There is no folder '{0}'; expected one with a folder for each class.")]
    [InlineData("1.png", "The folder '{0}' has no subfolders; expected one for each class, with .png, .jpg, .jpeg or .bmp files " +
        "(or folders train, validation and test of such).")]
    [InlineData("a/1.png a/2.png", "The folder '{0}' has one class only, 'a'; expected folders of at least two classes.")]
    [InlineData("a/1.png a/2.png b/x.gif", "The folder '{0}/b' has no picture; expected .png, .jpg, .jpeg or .bmp files.")]
    [InlineData("a/1.png a/2.png b/1.png",
        "The class 'b' of '{0}' has one picture only (b/1.png); expected at least two, one to learn from and one to test on.")]
    [InlineData("cat/1.png cat/2.png Cat/1.png Cat/2.png",
        "The folders 'Cat' and 'cat' of '{0}' differ in capitals only; expected one folder for each class.")]
    [InlineData("train/a/1.png train/b/1.png test/a/1.png test/c/1.png",
        "The class 'c' of '{0}' has no training picture; expected some in a folder train/c.")]
    public void Find_WrongFolder_IsOneSentence(string files, string expected)
    {
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            DrawnPictures.Write(Path.Combine(Root, file), 2, 2, SKColors.Red);
        var fault = Assert.Throws<InvalidDataException>(() => PictureFolder.Find(Root));
        Assert.Equal(string.Format(null, expected, Root), fault.Message);
    }

    [Theory]
    [InlineData("text", "{0}: is no PNG, JPEG or BMP.")]
    [InlineData("", "{0}: the file is empty.")]
    [InlineData("GIF", "{0}: is Gif; expected PNG, JPEG or BMP.")]
    public void Open_BrokenPicture_IsNamedAndNothingIsKept(string content, string expected)
    {
        foreach (var name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"])
            DrawnPictures.Write(Path.Combine(Root, name), 2, 2, SKColors.Red);
        var path = Path.Combine(Root, "b/1.png");
        // The smallest GIF there is: 1 x 1 pixel.
        if (content == "GIF") File.WriteAllBytes(path, Convert.FromBase64String("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="));
        else File.WriteAllText(path, content);
        var fault = Assert.Throws<InvalidDataException>(
            () => PictureData.Open(new PictureOptions { Path = Root }, static _ => { }));
        Assert.Equal(string.Format(null, expected, path), fault.Message);
        Assert.Equal([Root], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void Open_SeveralBroken_AreAllSaid()
    {
        foreach (var name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"])
            DrawnPictures.Write(Path.Combine(Root, name), 2, 2, SKColors.Red);
        foreach (var name in (string[])["a/1.png", "b/2.png"]) File.WriteAllText(Path.Combine(Root, name), "");
        var fault = Assert.Throws<InvalidDataException>(
            () => PictureData.Open(new PictureOptions { Path = Root }, static _ => { }));
        Assert.Equal($"{Root}/a/1.png: the file is empty ({Root}/b/2.png: the file is empty).", fault.Message);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("12x")]
    [InlineData("10x20x30")]
    [InlineData("513")]
    [InlineData("-3")]
    public void Validate_WrongSize_IsOneSentence(string size) => Assert.Equal(
        [$"data.size (--size) is '{size}'; expected a number of pixels such as 32, or width and height such as 48x32, of 1 to " +
            "512 each."], new PictureOptions { Path = "x", Size = size }.Validate());
}
