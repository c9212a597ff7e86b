using LieConv.Neighbours.Search;
using static TorchSharp.torch;

namespace LieConv.Tests.Neighbours.Search;

public sealed class FarthestInTableTests
{
    public static MatrixTheoryData<int, bool> Sets => new([1, 5, 16, 17, 100, 331], [false, true]);

    [Theory]
    [MemberData(nameof(Sets))]
    public void Pick_AnySet_TakesTheFirstOfTheFarthestPointsThatAreLeft(int n, bool someAreValid)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)n);
        // Whole coordinates make many equal distances.
        var places = randint(0, 6, [n, 2], dtype: ScalarType.Float64, generator: generator);
        var table = cdist(places, places);
        bool[] valid = someAreValid ? [.. Enumerable.Range(0, n).Select(i => i % 3 != 1)] : [];
        var expected = OneByOne(table, valid, 0, Math.Min(n, 40));
        Assert.Equal(expected, Picks<double>(table, valid, expected.Length));
        Assert.Equal(expected, Picks<float>(table.to(ScalarType.Float32), valid, expected.Length));
    }

    [Fact]
    public void Pick_DistancesThatAreNoNumbers_DoNotCount()
    {
        using var scope = NewDisposeScope();
        var places = arange(40, dtype: ScalarType.Float64).unsqueeze(1);
        var table = cdist(places, places);
        table[0, 39] = double.NaN;
        Assert.Equal([0, 39, 19], Picks<double>(table, [], 3));
    }

    private static long[] Picks<T>(Tensor table, bool[] valid, int count)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var picks = new long[count];
        FarthestInTable.Pick<T>(table, valid, 0, picks);
        return picks;
    }

    private static long[] OneByOne(Tensor table, bool[] valid, int start, int count)
    {
        var (rows, n) = (table.data<double>().ToArray(), (int)table.shape[0]);
        List<long> picks = [start];
        double Nearest(int point) => picks.Min(pick => rows[pick * n + point]);
        while (picks.Count < count)
        {
            var left = Enumerable.Range(0, n)
                .Where(i => (valid.Length == 0 || valid[i]) && !picks.Contains(i)).ToArray();
            picks.Add(left.Length == 0 ? 0 : left.MaxBy(Nearest));
        }
        return [.. picks];
    }
}
