using LieConv.Cpu;
using LieConv.Kernels;

namespace LieConv.Tests.Kernels;

/// <summary>Vectors of either width against the framework's scalar functions in float64; eight numbers on any
/// processor.</summary>
public sealed unsafe class FloatsTests
{
    // Both signs of what must be told apart: zero, halves that round to even, tiny, large and no numbers.
    private static readonly float[] Numbers =
        [0, -0f, 0.5f, -0.5f, 1.5f, 2.5f, -2.5f, 1e-30f, -1e-6f, 0.3f, -7.25f, 16.7f, 87.9f, -88.5f, 1e30f, float.NaN];

    [Fact]
    public void Operations_OfEight_AreThoseOfScalars() => AssertOperations<Floats8>();

    [Fact]
    public void Operations_OfSixteen_AreThoseOfScalars()
    {
        Assert.SkipUnless(CpuKernels.AreWide, "This machine has no such vectors.");
        AssertOperations<Floats16>();
    }

    /// <summary>A whole vector, one number more, one fewer, and less than a vector.</summary>
    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(31)]
    [InlineData(3)]
    public void Swish_AnyCount_HasValuesAndDerivativesOfFloat64(int count)
    {
        AssertSwish<Floats8>(count);
        if (CpuKernels.AreWide) AssertSwish<Floats16>(count);
    }

    /// <summary>Every division of rows and columns into tiles, and a depth beyond one block.</summary>
    [Theory]
    [InlineData(1, 16, 1)]
    [InlineData(7, 32, 3)]
    [InlineData(9, 48, 130)]
    [InlineData(13, 80, 30)]
    [InlineData(4, 112, 2)]
    public void ProductOfEight_AnyShape_IsThatOfFloat64(int rows, int columns, int depth)
    {
        var random = new Random(rows);
        using AlignedBuffer a = Normal(random, rows * depth), b = Normal(random, depth * columns);
        using AlignedBuffer once = new(rows * columns), twice = new(rows * columns);
        foreach (var (result, add) in new[] { (once, false), (twice, false), (twice, true) })
            GemmTiles256.Panel(
                a.Pointer, depth, 1, rows, b.Pointer, columns, depth, columns, result.Pointer, columns, add);
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < depth; k++) sum += (double)a.Pointer[i * depth + k] * b.Pointer[k * columns + j];
                Assert.Equal(sum, once.Pointer[i * columns + j], 1e-5);
                Assert.Equal(2 * sum, twice.Pointer[i * columns + j], 1e-5);
            }
    }

    private static void AssertOperations<T>()
        where T : struct, IFloats<T>
    {
        foreach (var x in Numbers)
            foreach (var y in Numbers)
            {
                var (a, b) = (T.Create(x), T.Create(y));
                AssertLanes(x + y, a + b);
                AssertLanes(x - y, a - b);
                AssertLanes(x * y, a * b);
                AssertLanes(x * y, a * y);
                AssertLanes(x / y, a / b);
                AssertLanes(MathF.FusedMultiplyAdd(x, y, x), T.FusedMultiplyAdd(a, b, a));
                AssertLanes(x > y ? 1 : 2, T.WhereGreater(a, b, T.Create(1), T.Create(2)));
                if (float.IsNaN(y)) continue;
                AssertLanes(float.IsNaN(x) ? x : MathF.Max(x, y), T.AtLeast(a, b));
                AssertLanes(float.IsNaN(x) ? x : MathF.Min(x, y), T.AtMost(a, b));
            }
        foreach (var x in Numbers)
        {
            AssertLanes(-x, -T.Create(x));
            AssertLanes(MathF.Abs(x), T.Abs(T.Create(x)));
            AssertLanes(MathF.Sqrt(x), T.Sqrt(T.Create(x)));
            AssertLanes(MathF.Round(x), T.Round(T.Create(x)));
            if (x >= 1) AssertLanes(1 / x, T.Inverse(T.Create(x)), 3e-7f);
        }
        for (var n = -126; n <= 127; n++) AssertLanes(MathF.ScaleB(1.25f, n), T.Scale(T.Create(1.25f), T.Create(n)));
        AssertEachLane<T>();
    }

    private static void AssertEachLane<T>()
        where T : struct, IFloats<T>
    {
        Assert.Equal(0, 16 % T.Lanes);
        using AlignedBuffer source = Normal(new Random(1), T.Lanes + 1), target = new(T.Lanes);
        var sums = Enumerable.Range(0, T.Lanes + 1).Select(i => (double)i).ToArray();
        var vector = T.Load(source.Pointer + 1);
        vector.Store(target.Pointer);
        vector.AddTo(sums);
        for (var lane = 0; lane < T.Lanes; lane++)
        {
            Assert.Equal(source.Pointer[lane + 1], target.Pointer[lane]);
            Assert.Equal(lane + (double)source.Pointer[lane + 1], sums[lane]);
        }
        Assert.Equal(T.Lanes, sums[T.Lanes]);
    }

    private static void AssertLanes<T>(float expected, T actual, float relative = 0)
        where T : struct, IFloats<T>
    {
        var lanes = stackalloc float[T.Lanes];
        actual.Store(lanes);
        for (var lane = 0; lane < T.Lanes; lane++)
            Assert.True(
                lanes[lane] == expected || (float.IsNaN(expected) && float.IsNaN(lanes[lane]))
                || Math.Abs(lanes[lane] - expected) <= relative * Math.Abs(expected),
                $"{lanes[lane]} instead of {expected}");
    }

    private static void AssertSwish<T>(int count)
        where T : struct, IFloats<T>
    {
        using AlignedBuffer x = new(count), g = Normal(new Random(2), count), h = Normal(new Random(3), count);
        // One more of each: nothing behind the last number is written.
        using AlignedBuffer value = Marked(count), first = Marked(count), slope = Marked(count), bend = Marked(count);
        for (var i = 0; i < count; i++) x.Pointer[i] = i % 3 == 0 ? 7 * (i - count / 2) : (i - count / 2) * 0.37f;
        SwishKernels<T>.Value(x.Pointer, value.Pointer, count);
        SwishKernels<T>.Gradient(x.Pointer, g.Pointer, first.Pointer, count);
        SwishKernels<T>.SecondGradient(x.Pointer, g.Pointer, h.Pointer, slope.Pointer, bend.Pointer, count);
        for (var i = 0; i < count; i++)
        {
            double at = x.Pointer[i], s = 1 / (1 + Math.Exp(-at)), up = s + at * s * (1 - s);
            AssertNear(at * s, value.Pointer[i]);
            AssertNear(g.Pointer[i] * up, first.Pointer[i]);
            AssertNear(h.Pointer[i] * up, slope.Pointer[i]);
            AssertNear((double)g.Pointer[i] * h.Pointer[i] * s * (1 - s) * (2 + at * (1 - 2 * s)), bend.Pointer[i]);
        }
        foreach (var result in new[] { value, first, slope, bend }) Assert.Equal(-5, result.Pointer[count]);
    }

    private static void AssertNear(double expected, float actual) =>
        Assert.InRange(Math.Abs(actual - expected), 0, 2e-6 * Math.Max(1, Math.Abs(expected)));

    private static AlignedBuffer Marked(int count)
    {
        var buffer = new AlignedBuffer(count + 1);
        buffer.Pointer[count] = -5;
        return buffer;
    }

    private static AlignedBuffer Normal(Random random, int count)
    {
        var buffer = new AlignedBuffer(count);
        for (var i = 0; i < count; i++) buffer.Pointer[i] = (float)(random.NextDouble() - 0.5);
        return buffer;
    }
}
