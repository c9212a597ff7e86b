using System.IO.Compression;
using CsCheck;
using LieConv.Cli.Doctor.Facts;
using LieConv.Tests.Support;

namespace LieConv.Tests.Doctor;

[Trait("Category", "Faults")]
public sealed class DataFolderProbeTests : IDisposable
{
    private const string Images = "train-images-idx3-ubyte";
    private const string Text = "mnist_all_rotation_normalized_float_test.amat";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Look_AbsentFolder_SaysSo()
    {
        var facts = DataFolderProbe.Look(Path.Combine(_folder.Path, "absent"), named: true);
        Assert.False(facts.Exists);
        Assert.Empty(facts.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mnist")]
    [InlineData("MNIST/raw")]
    public void Look_GoodFile_IsFound(string subfolder)
    {
        Write(Path.Combine(subfolder, Images), TwoImages());
        Assert.Null(Found(Images).Problem);
    }

    [Fact]
    public void Look_CompressedFile_IsFound()
    {
        Write(Images + ".gz", Compressed(TwoImages()));
        Assert.Null(Found(Images).Problem);
    }

    [Fact]
    public void Look_TruncatedFile_IsFound_WithBothSizes()
    {
        Write(Images, TwoImages()[..^1]);
        Assert.Equal("has 1583 bytes, not 1584", Found(Images).Problem);
    }

    [Fact]
    public void Look_HeaderOnlyInPart_SaysSo()
    {
        Write(Images, TwoImages()[..9]);
        Assert.Equal("ends within the header", Found(Images).Problem);
    }

    [Fact]
    public void Look_WrongMagic_SaysSo()
    {
        Write(Images, new byte[1584]);
        Assert.Equal("is no idx3 file of bytes", Found(Images).Problem);
    }

    [Theory]
    [InlineData(785, null)]
    [InlineData(784, "has 784 numbers in its first line, not 785")]
    public void Look_TextFile_CountsItsColumns(int columns, string? problem)
    {
        var line = string.Join(' ', Enumerable.Repeat("0.5", columns));
        Write(Text, System.Text.Encoding.ASCII.GetBytes(line + "\n" + line + "\n"));
        Assert.Equal(problem, Found(Text).Problem);
    }

    [Fact]
    public void Look_Garbage_NeverThrows()
    {
        string[] names = [Images, Images + ".gz", Text];
        Gen.Select(Gen.Int[0, 2], Gen.Byte.Array[0, 40]).Sample((name, bytes) =>
        {
            foreach (var file in Directory.GetFiles(_folder.Path)) File.Delete(file);
            Write(names[name], bytes);
            Assert.NotNull(Assert.Single(DataFolderProbe.Look(_folder.Path, named: true).Files).Problem);
        }, iter: 300, threads: 1);
    }

    private DataSetFile Found(string name) =>
        Assert.Single(DataFolderProbe.Look(_folder.Path, named: true).Files, file => file.Name == name);

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static byte[] TwoImages() => [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28, .. new byte[2 * 784]];

    private static byte[] Compressed(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest)) gzip.Write(bytes);
        return memory.ToArray();
    }
}
