using LieConv.Groups.Laws;

namespace LieConv.Tests.Groups;

internal static class LawAssert
{
    /// <summary>Fails with the list of all laws that do not hold.</summary>
    public static void AllPass(IReadOnlyList<LawResult> results, ITestOutputHelper output)
    {
        foreach (var same in results.GroupBy(result => (result.Dtype, result.Regime)))
            output.WriteLine($"{same.MaxBy(result => result.Error / result.Tolerance)}");
        var failures = results.Where(result => !result.Passed).ToList();
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }
}
