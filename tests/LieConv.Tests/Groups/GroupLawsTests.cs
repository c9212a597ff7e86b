using LieConv.Groups;
using LieConv.Groups.Laws;

namespace LieConv.Tests.Groups;

[Trait("Category", "Laws")]
public sealed class GroupLawsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("Trivial2"), InlineData("Trivial3"), InlineData("T1"), InlineData("T2"), InlineData("T3")]
    [InlineData("Tx"), InlineData("Ty"), InlineData("Tx3"), InlineData("T3[0,2]")]
    [InlineData("SO2"), InlineData("RxSO2"), InlineData("Rx"), InlineData("RxSO2[1]"), InlineData("RxSQ")]
    [InlineData("SQ"), InlineData("RxSQ[0]"), InlineData("SE2"), InlineData("SE2[0]"), InlineData("SE2[1]")]
    [InlineData("SE2[1,2]"), InlineData("SE2[0,1,2]"), InlineData("SO3"), InlineData("SO3[0]"), InlineData("SO3[1]")]
    [InlineData("SO3[2]"), InlineData("SE3"), InlineData("SE3[1]"), InlineData("SE3[2,5]"), InlineData("SE3[2,3,4]")]
    [InlineData("SE3[0,3,4,5]"), InlineData("SE3[3,4,5]"), InlineData("SE3[4]"), InlineData("SE3[0,1,2]")]
    public void Check_EveryGroup_ObeysEveryLaw(string name)
    {
        var results = GroupLaws.Check(LieGroups.Parse(name));
        LawAssert.AllPass(results, output);
        Assert.True(results.Count > 20);
    }
}
