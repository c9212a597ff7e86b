using LieConv.Datasets.Digits;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Datasets.Digits;

public class ImageDatasetTests
{
    [Fact]
    public void Images_OfBytes_AreScaledToUnitRangeInTheOrderAsked()
    {
        using var scope = NewDisposeScope();
        using var data = Bytes([0, 51, 255]);
        Assert.Equal([1f, 0f, 1f, 0.2f], data.Images([2, 0, 2, 1]).data<float>().ToArray());
        Assert.Equal([12L, 10L, 12L, 11L], data.Labels([2, 0, 2, 1]).data<long>().ToArray());
        Assert.Equal([2L, 1L, 1L, 1L], data.Images([0, 1]).shape);
    }

    [Fact]
    public void Images_OfFloats_AreUnchangedAndFresh()
    {
        using var scope = NewDisposeScope();
        using var data = new ImageDataset(tensor([0.25f, 1f]).view(2, 1, 1, 1), tensor([0L, 1L]), "floats");
        data.Images([0]).zero_();
        Assert.Equal(0.25f, data.Images([0]).item<float>());
    }

    [Fact]
    public void Slice_AfterItsParentIsDisposed_StillServes()
    {
        using var scope = NewDisposeScope();
        using var part = SliceOfDisposed();
        Assert.Equal(2, part.Count);
        Assert.Equal([11L, 12L], part.Labels([0, 1]).data<long>().ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => part.Slice(1, 2));

        static ImageDataset SliceOfDisposed()
        {
            using var data = Bytes([0, 51, 255]);
            return data.Slice(1, 2);
        }
    }

    [Fact]
    public void Dataset_UsedAndDisposed_LeavesNoTensor()
    {
        using var scope = NewDisposeScope();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var inner = NewDisposeScope())
        using (var data = Bytes([0, 1, 2]))
        using (data.Slice(0, 1))
            data.Images([0, 1]);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact, Trait("Category", "Faults")]
    public void Dataset_WrongInput_SaysWhat()
    {
        using var scope = NewDisposeScope();
        var labels = tensor([0L, 1L]);
        Fails("(N, 1, h, w)", () => new ImageDataset(zeros(2, 3, 4, 4), labels, "x"));
        Fails("bytes or float32", () => new ImageDataset(zeros([2, 1, 4, 4], ScalarType.Float64), labels, "x"));
        Fails("shape (3)", () => new ImageDataset(zeros(3, 1, 4, 4), labels, "x"));
        Fails("[0, 1]", () => new ImageDataset(full([2, 1, 1, 1], 1.5f), labels, "x"));
        Fails("[0, 1]", () => new ImageDataset(full([2, 1, 1, 1], float.NaN), labels, "x"));
        using var data = Bytes([0, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Images([0, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.Labels([-1]));

        static void Fails(string words, Func<ImageDataset> make) =>
            Assert.Contains(words, Assert.Throws<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    private static ImageDataset Bytes(byte[] pixels) => new(
        tensor(pixels).view(-1, 1, 1, 1), arange(10, 10 + pixels.Length, dtype: ScalarType.Int64), "bytes");
}
