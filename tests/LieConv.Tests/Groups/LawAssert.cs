using LieConv.Groups.Laws;

namespace LieConv.Tests.Groups;

internal static class LawAssert
{
    /// <summary>Fails with the list of all laws that do not hold.</summary>
    public static void AllPass(IReadOnlyList<LawResult> results, ITestOutputHelper output)
    {
        foreach (var worst in results.GroupBy(r => (r.Dtype, r.Regime)).Select(g => g.MaxBy(r => r.Error / r.Tolerance)))
            output.WriteLine($"{worst}");
        var failures = results.Where(result => !result.Passed).ToList();
        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }
}
