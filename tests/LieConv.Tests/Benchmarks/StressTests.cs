using LieConv.Benchmarks;
using LieConv.Benchmarks.Stress;

namespace LieConv.Tests.Benchmarks;

/// <summary>Nothing native is freed while it is read: every task gives the same numbers while garbage is collected.
/// The long run is <c>stress</c> of the benchmarks.</summary>
[Collection("Serial")]
public sealed class StressTests
{
    public static TheoryData<string> Subjects => [.. StressSubjects.All.Select(subject => subject.Name)];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Of_SubjectUnderCollections_GivesTheSameNumbers(string name)
    {
        var outcome = StressRun.Run(StressSubjects.All.Single(subject => subject.Name == name), 0.5);
        Assert.Null(outcome.First);
        Assert.True(outcome.Calls > 0 && outcome.Collections > 0);
    }

    [Fact]
    public void Run_ServerAndConcurrentCollectors_HaveNoFailure() =>
        Assert.Equal(0, BenchmarkCommands.Run(["stress", "4", "groups:float64"]));
}
