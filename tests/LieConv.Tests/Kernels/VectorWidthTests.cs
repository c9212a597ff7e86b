using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LieConv.Cpu;
using LieConv.Kernels;

namespace LieConv.Tests.Kernels;

/// <summary>The kernels for narrower vectors against those that this machine takes.</summary>
public sealed unsafe class VectorWidthTests
{
    private const int Neighbours = 11;
    private const int Channels = 39;
    private const int Points = 20;

    private readonly Random _random = new(8);

    [Fact]
    public void AggregationOfEight_AgreesWithThatOfSixteen()
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated && Fma.IsSupported, "One width only on this machine.");
        using AlignedBuffer values = Normal(Points * Channels), kernel = Normal(Neighbours * 16);
        using AlignedBuffer sumsGradient = Normal(Channels * 16);
        var offsets = stackalloc nint[Neighbours];
        for (var j = 0; j < Neighbours; j++) offsets[j] = _random.Next(Points) * Channels;
        using AlignedBuffer sums = new(Channels * 16), narrow = new(Channels * 16);
        AggregationTiles.Forward(values.Pointer, offsets, kernel.Pointer, Neighbours, Channels, sums.Pointer);
        AggregationTiles256.Forward(values.Pointer, offsets, kernel.Pointer, Neighbours, Channels, narrow.Pointer);
        AssertClose(sums, narrow, Channels * 16);
        AggregationTiles.KernelGradient(
            values.Pointer, offsets, sumsGradient.Pointer, Neighbours, Channels, sums.Pointer);
        AggregationTiles256.KernelGradient(
            values.Pointer, offsets, sumsGradient.Pointer, Neighbours, Channels, narrow.Pointer);
        AssertClose(sums, narrow, Neighbours * 16);
        Assert.Throws<Xunit.Sdk.TrueException>(() => AssertClose(sums, values, Neighbours * 16));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(7)]
    public void ValueGradientOfEight_AgreesWithThatOfSixteen(int count)
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated && Fma.IsSupported, "One width only on this machine.");
        using AlignedBuffer kernel = Normal(Neighbours * 16), sumsGradient = Normal(16 * 16), turned = new(16 * 16);
        var offsets = stackalloc nint[Neighbours];
        for (var j = 0; j < Neighbours; j++) offsets[j] = _random.Next(Points) * 16;
        using AlignedBuffer wide = new(Points * 16, clear: true), narrow = new(Points * 16, clear: true);
        AggregationTiles.AddValueGradient(
            wide.Pointer, offsets, kernel.Pointer, sumsGradient.Pointer, Neighbours, count);
        Transposition.Block(sumsGradient.Pointer, turned.Pointer);
        AggregationTiles256.AddBlock(narrow.Pointer, offsets, kernel.Pointer, turned.Pointer, Neighbours, count);
        AssertClose(wide, narrow, Points * 16);
    }

    [Theory]
    [InlineData(9, 48, 30, false)]
    [InlineData(8, 32, 17, true)]
    [InlineData(3, 16, 5, true)]
    public void ProductOfEight_AgreesWithThatOfSixteen(int rows, int columns, int depth, bool add)
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated && Fma.IsSupported, "One width only on this machine.");
        using AlignedBuffer a = Normal(rows * depth), b = Normal(depth * columns);
        using AlignedBuffer wide = Normal(rows * columns), narrow = new(rows * columns);
        for (var i = 0; i < rows * columns; i++) narrow.Pointer[i] = add ? wide.Pointer[i] : 0;
        if (!add) new Span<float>(wide.Pointer, rows * columns).Clear();
        GemmTiles.AddTransposed(
            a.Pointer, rows, rows, b.Pointer, columns, depth, columns / 16, wide.Pointer, columns);
        GemmTiles256.Panel(
            a.Pointer, 1, rows, rows, b.Pointer, columns, depth, columns, narrow.Pointer, columns, add);
        AssertClose(wide, narrow, rows * columns);
    }

    private AlignedBuffer Normal(int count)
    {
        var buffer = new AlignedBuffer(count);
        for (var i = 0; i < count; i++) buffer.Pointer[i] = (float)(_random.NextDouble() - 0.5);
        return buffer;
    }

    private static void AssertClose(AlignedBuffer expected, AlignedBuffer actual, int count)
    {
        for (var i = 0; i < count; i++)
            Assert.True(Math.Abs(expected.Pointer[i] - actual.Pointer[i]) < 1e-4, $"number {i} differs");
    }
}
