using System.Globalization;
using System.Text;
using CsCheck;
using LieConv.Datasets.Digits;
using static TorchSharp.torch;

namespace LieConv.Tests.Datasets.Digits;

public class AmatFileTests
{
    [Fact]
    public void Read_PlainDecimals_GivesImagesAndLabels()
    {
        using var scope = NewDisposeScope();
        using var data = AmatFile.Read(SampleFolder.Train);
        Assert.Equal(20, data.Count);
        Assert.Equal(7, data.Labels([0]).item<long>());
        AssertLikeText(data, SampleFolder.Train);
    }

    [Fact]
    public void Read_Exponents_GivesImagesAndLabels()
    {
        using var scope = NewDisposeScope();
        using var data = AmatFile.Read(SampleFolder.Test);
        Assert.Equal([0L, 4L], data.Labels([0, 1]).data<long>().ToArray());
        AssertLikeText(data, SampleFolder.Test);
    }

    [Fact]
    public void Read_ManyLines_CrossesBlocksAndStopsWhereAsked()
    {
        using var scope = NewDisposeScope();
        var text = string.Concat(Enumerable.Range(0, 2005).Select(i => Line(i % 10, i % 2)));
        using var all = Read(text);
        using var some = Read(text, 1500);
        Assert.Equal((2005, 1500), (all.Count, some.Count));
        Assert.Equal(1, all.Images([2003])[0, 0, 0, 0].item<float>());
        Assert.Equal(4, all.Labels([2004]).item<long>());
    }

    [Fact]
    public void Read_WindowsLineEndsAndNoneAtTheEnd_Works()
    {
        using var scope = NewDisposeScope();
        using var data = Read(Line(3, 0).Replace("\n", " \r\n", StringComparison.Ordinal) + Line(4, 0).TrimEnd('\n'));
        Assert.Equal([3L, 4L], data.Labels([0, 1]).data<long>().ToArray());
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("", "holds no images")]
    [InlineData("{good}0 0 0\n", "line 2: must hold 785 numbers, not 3")]
    [InlineData("{good}x{rest}3\n", "line 2, column 1: number 1 cannot be read")]
    [InlineData("1.5{rest}3\n", "line 1, column 1: a pixel must be from 0 to 1, not 1.5")]
    [InlineData("nan{rest}3\n", "a pixel must be from 0 to 1, not NaN")]
    [InlineData("-0.1{rest}3\n", "a pixel must be from 0 to 1, not -0.1")]
    [InlineData("0{rest}10\n", "label must be a whole number from 0 to 9, not 10")]
    [InlineData("0{rest}2.5\n", "label must be a whole number from 0 to 9, not 2.5")]
    [InlineData("0{rest}3 4\n", "goes on after 785 numbers")]
    [InlineData("0.5.5{rest}3\n", "number 1 cannot be read")]
    public void Read_DamagedText_SaysWhatAndWhere(string text, string words)
    {
        var rest = string.Concat(Enumerable.Repeat(" 0", 783)) + " ";
        text = text.Replace("{good}", Line(1, 0), StringComparison.Ordinal)
            .Replace("{rest}", rest, StringComparison.Ordinal);
        var fault = Assert.Throws<InvalidDataException>(() => Read(text));
        Assert.StartsWith("file", fault.Message, StringComparison.Ordinal);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Faults")]
    public void Read_EndlessLine_IsRefused() => Assert.Contains("longer than",
        Assert.Throws<InvalidDataException>(() => Read(new string('1', 100_000))).Message, StringComparison.Ordinal);

    [Fact, Trait("Category", "Faults")]
    public void Read_MutatedText_SucceedsOrRefuses()
    {
        var original = Encoding.ASCII.GetBytes(Line(1, 0) + Line(2, 1));
        Gen.Select(Gen.Int[0, original.Length - 1], Gen.OneOf(Gen.Byte, Gen.Char["0159.eE+- \n\r"].Select(c => (byte)c)))
            .Array[1, 8].Sample(changes =>
            {
                using var scope = NewDisposeScope();
                var bytes = (byte[])original.Clone();
                foreach (var (place, value) in changes) bytes[place] = value;
                try
                {
                    using var data = AmatFile.Read(new MemoryStream(bytes), "file", int.MaxValue);
                    Assert.InRange(data.Count, 1, 2);
                }
                catch (InvalidDataException)
                {
                }
            }, iter: 500, threads: 1);
    }

    // The slow way to read the same text, as an oracle.
    private static void AssertLikeText(ImageDataset data, string path)
    {
        var lines = File.ReadAllLines(path);
        Assert.Equal(lines.Length, data.Count);
        for (var i = 0; i < lines.Length; i++)
        {
            var numbers = lines[i].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(785, numbers.Length);
            var expected = tensor(numbers[..784].Select(value => (float)value).ToArray());
            Assert.True((data.Images([i]).view(-1) - expected).abs().max().item<float>() == 0);
            Assert.Equal((long)numbers[784], data.Labels([i]).item<long>());
        }
    }

    private static string Line(int label, int pixel) =>
        string.Concat(Enumerable.Repeat($"{pixel} ", 784)) + label.ToString(CultureInfo.InvariantCulture) + "\n";

    private static ImageDataset Read(string text, int mostLines = int.MaxValue) =>
        AmatFile.Read(new MemoryStream(Encoding.ASCII.GetBytes(text)), "file", mostLines);
}
