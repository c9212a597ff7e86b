using LieConv.Datasets.Readers;
using PureHDF;
using PureHDF.Filters;

namespace LieConv.Tests.Datasets.Readers;

/// <summary>Arrays as h5py and PureHDF write them.</summary>
public sealed class Hdf5FileTests
{
    private static readonly string Sample = Path.Combine(SampleFolder.Root, "shapes", "h5py.h5");

    /// <summary>What the script gave to h5py, as formulas.</summary>
    [Fact]
    public void Read_ArraysOfH5py_AreWhatWasWritten()
    {
        using var file = Hdf5File.Open(Sample);
        Assert.Equal(Enumerable.Range(0, 960).Select(i => i / 8.0), file.Find("data").Read(0, 5));
        Assert.Equal([3, 0, 39, 7, 1], file.Find("label").Read(0, 5));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => i / 4.0), file.Find("big_chunked").Read(0, 3));
        Assert.Equal([0, -300, -600, -900, -1200, -1500], file.Find("big_plain").Read(0, 2));
        Assert.Equal(Enumerable.Range(-50, 100).Select(i => (double)i), file.Find("shuffled").Read(0, 100));
        Assert.Equal([1, 0, 1, 1], file.Find("flags").Read(0, 2));
        Assert.Equal([1, 1L << 40], file.Find("group/inner").Read(0, 2));
        Assert.Equal([1.5], file.Find("half").Read(0, 1));
        Assert.Equal([2.5], file.Find("scalar").Read(0, 1));
        Assert.Equal(Enumerable.Repeat(1.5, 40), file.Find("sparse").Read(0, 10));
        Assert.Equal(["airplane", "b\u00e4r", "x"], file.Find("names").ReadTexts(0, 3));
        Assert.Equal(["ab", "cde"], file.Find("fixed").ReadTexts(0, 2));
    }

    /// <summary>Any block of rows is that part of the whole, whatever the chunks.</summary>
    [Theory]
    [InlineData("data", 5)]
    [InlineData("big_chunked", 3)]
    [InlineData("big_plain", 2)]
    [InlineData("shuffled", 100)]
    public void Read_BlocksOfRows_ArePartsOfTheWhole(string name, int rows)
    {
        using var file = Hdf5File.Open(Sample);
        var array = file.Find(name);
        var whole = array.Read(0, rows);
        var width = (int)array.RowSize;
        for (var first = 0; first < rows; first += 1 + rows / 10)
            for (var count = 0; first + count <= rows; count += 1 + rows / 10)
                Assert.Equal(whole[(first * width)..((first + count) * width)], array.Read(first, count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(new uint[] { 1, 7, 3 })]
    [InlineData(new uint[] { 4, 3, 1 })]
    [InlineData(new uint[] { 13, 7, 3 })]
    public void Read_ChunksOfAnyShape_GiveTheSame(uint[]? chunks)
    {
        using var folder = new TemporaryFolder();
        var numbers = Enumerable.Range(0, 13 * 7 * 3).Select(i => (float)Math.Sin(i)).ToArray();
        var filters = chunks is null ? null : new List<H5Filter> { DeflateFilter.Id };
        new H5File
        {
            ["a"] = new H5Dataset(numbers, chunks, fileDims: [13, 7, 3], datasetCreation: new(Filters: filters)),
        }.Write(folder.At("a.h5"));
        using var file = Hdf5File.Open(folder.At("a.h5"));
        Assert.Equal(numbers.Select(number => (double)number), file.Find("a").Read(0, 13));
        Assert.Equal(numbers.Skip(5 * 21).Take(42).Select(number => (double)number), file.Find("a").Read(5, 2));
    }

    [Fact]
    public void Read_WrongNameTypeOrFilter_IsASentence()
    {
        using var file = Hdf5File.Open(Sample);
        Assert.StartsWith($"{Sample}: has no array 'Data'; it has big_chunked (3 x 4), ",
            Fault(() => file.Find("Data")), StringComparison.Ordinal);
        Assert.Equal($"{Sample}: array 'names' holds texts; expected numbers.",
            Fault(() => file.Find("names").Read(0, 1)));
        Assert.Equal($"{Sample}: array 'flags' holds numbers; expected texts.",
            Fault(() => file.Find("flags").ReadTexts(0, 1)));
        Assert.Equal($"{Sample}: array 'lzf' is packed by a filter that is not read here; expected none, gzip or " +
            "shuffle.", Fault(() => file.Find("lzf").Read(0, 9)));
    }

    /// <summary>A file cut anywhere, or with changed bytes, gives arrays or a sentence.</summary>
    [Fact]
    public void Open_CutOrDamaged_IsArraysOrASentence()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Sample);
        var path = folder.At("damaged.h5");
        var random = new Random(3);
        var refused = 0;
        for (var i = 0; i < 160; i++)
        {
            var content = i < 80 ? whole[..(whole.Length * i / 80)] : (byte[])whole.Clone();
            for (var k = 0; i >= 80 && k < 3; k++) content[random.Next(content.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, content);
            try
            {
                using var file = Hdf5File.Open(path);
                foreach (var array in file.Arrays)
                {
                    var count = (int)Math.Min(array.Rows, 100);
                    if (array.IsText) array.ReadTexts(0, count);
                    else if (array.Name != "lzf") array.Read(0, count);
                }
            }
            catch (InvalidDataException fault)
            {
                refused++;
                Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(refused, 80, 160);
    }

    private static string Fault(Func<object> read) => Assert.Throws<InvalidDataException>(read).Message;
}
