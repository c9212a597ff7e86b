using System.Runtime.InteropServices;
using LieConv.Datasets.Basics;
using LieConv.Datasets.Digits;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Datasets;

public class ImageRotationTests
{
    [Theory]
    [InlineData(ScalarType.Float64, 1e-10)]
    [InlineData(ScalarType.Float32, 2e-5)]
    public void Rotate_OriginalsDigits_GivesItsImages(ScalarType dtype, double tolerance)
    {
        using var scope = NewDisposeScope();
        var numbers = MemoryMarshal.Cast<byte, double>(
            File.ReadAllBytes(Path.Combine(SampleFolder.Root, "rotation_case.bin"))).ToArray();
        var input = tensor(numbers[..1568], [2, 1, 28, 28]).to(dtype);
        var angles = tensor(numbers[1568..1570]) * (2 * Math.PI);
        var expected = tensor(numbers[1570..], [2, 1, 28, 28]).to(dtype);
        Assert.True(Error(ImageRotation.Rotate(input, angles)) < tolerance);
        Assert.True(Error(ImageRotation.Rotate(input, -angles)) > 0.1, "the other direction must not pass");

        double Error(Tensor actual) => ((actual - expected).abs().max() / expected.abs().max()).to(float64).item<double>();
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(6, 6)]
    public void Rotate_QuarterTurn_TakesRightToBottom(int height, int width)
    {
        using var scope = NewDisposeScope();
        var image = zeros(1, 1, height, width);
        image[0, 0, 1, width - 1] = 1;
        var turned = ImageRotation.Rotate(image, tensor([(float)(Math.PI / 2)]));
        Assert.Equal(1, turned[0, 0, height - 1, width - 2].item<float>(), 1e-5);
        Assert.Equal(1, turned.sum().item<float>(), 1e-5);
    }

    [Fact]
    public void Rotate_OblongImage_TurnsWithoutShearing()
    {
        using var scope = NewDisposeScope();
        var image = zeros([1, 1, 8, 12], float64);
        image[0, 0, 3, 8] = 1; // 2.5 right of and 0.5 above the centre
        var turned = ImageRotation.Rotate(image, tensor([Math.PI / 2]));
        Assert.Equal(1, turned[0, 0, 6, 6].item<double>(), 1e-9); // 0.5 right of and 2.5 below it
    }

    [Fact]
    public void Rotate_EachImage_ByItsOwnAngle()
    {
        using var scope = NewDisposeScope();
        var images = rand([3, 2, 9, 9], float64);
        var angles = tensor([0.0, 1.0, -2.0]);
        var together = ImageRotation.Rotate(images, angles);
        Assert.True((together[0] - images[0]).abs().max().item<double>() < 1e-12);
        for (var i = 0; i < 3; i++)
        {
            var alone = ImageRotation.Rotate(images.narrow(0, i, 1), angles.narrow(0, i, 1));
            Assert.True((alone[0] - together[i]).abs().max().item<double>() < 1e-12);
        }
    }

    [Theory]
    [InlineData(1, 0, 2, 3)]
    [InlineData(0, -2, 5, 4)]
    [InlineData(-3, 1, 2, 7)]
    public void Move_WholePixels_ShiftsThePicture(double right, double down, int row, int column)
    {
        using var scope = NewDisposeScope();
        var image = zeros([1, 1, 8, 12], float64);
        image[0, 0, 3, 4] = 1;
        var moved = ImageRotation.Move(image, zeros([1], float64), tensor([right, down], [1, 2]));
        Assert.Equal(1, moved[0, 0, row + (down == 0 ? 1 : 0), column].item<double>(), 1e-9);
        Assert.Equal(1, moved.sum().item<double>(), 1e-9);
    }

    [Fact]
    public void Rotate_Called_LeavesOnlyItsResult()
    {
        using var scope = NewDisposeScope();
        var (images, angles) = (rand(2, 1, 5, 5), rand(2));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        ImageRotation.Rotate(images, angles);
        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact, Trait("Category", "Faults")]
    public void Rotate_WrongShapes_SaysWhat()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("(b, c, h, w)",
            Assert.Throws<ArgumentException>(() => ImageRotation.Rotate(zeros(2, 5, 5), zeros(2))).Message,
            StringComparison.Ordinal);
        Assert.Contains("shape (2)",
            Assert.Throws<ArgumentException>(() => ImageRotation.Rotate(zeros(2, 1, 5, 5), zeros(3))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Normalization_MeanPixel_IsZeroAndInputIsKept()
    {
        using var scope = NewDisposeScope();
        var images = tensor([MnistNormalization.Mean, MnistNormalization.Mean + MnistNormalization.StandardDeviation]);
        var normalised = MnistNormalization.Apply(images);
        Assert.Equal(0, normalised[0].item<double>(), 1e-12);
        Assert.Equal(1, normalised[1].item<double>(), 1e-12);
        Assert.Equal(MnistNormalization.Mean, images[0].item<double>());
        Assert.Throws<ArgumentException>(() => MnistNormalization.Apply(zeros([1], ScalarType.Byte)));
    }
}
