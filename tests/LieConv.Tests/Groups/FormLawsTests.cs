using LieConv.Groups;
using LieConv.Groups.Laws;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>The law "all forms agree" is checked of those forms that a group has, and fails where one is off.</summary>
[Trait("Category", "Laws")]
public sealed class FormLawsTests(ITestOutputHelper output)
{
    private const string Vectors = "vector form = Distance of Relative";
    private const string Pairs = "pair form = Distance of Relative";
    private const string Logarithm = "fused logarithm = Log(Between)";
    private const string Positions = "positions bound the distance";

    [Theory]
    [InlineData("SE2", Vectors, Pairs, Logarithm, Positions), InlineData("SE3", Vectors, Pairs, Logarithm, Positions)]
    [InlineData("SE2:0.7", Vectors, Pairs, Logarithm, Positions), InlineData("SE3:0.7", Vectors, Pairs, Logarithm)]
    [InlineData("SO2", Vectors), InlineData("RxSO2", Vectors)]
    [InlineData("T3", Vectors, "the distance is that of positions")]
    [InlineData("Trivial2", Vectors, "the distance is that of positions")]
    public void Check_GroupOfTheLibrary_ChecksAllItsForms(string name, params string[] laws)
    {
        var results = GroupLaws.Check(LieGroups.Parse(name));
        LawAssert.AllPass(results, output);
        foreach (var law in laws)
            Assert.Contains(results, result => result.Law == law && result.Dtype == ScalarType.Float32);
        if (laws.Contains(Pairs))
            Assert.Contains(results, result => result.Law == Pairs && result.Dtype == ScalarType.Float64);
    }

    [Theory]
    [InlineData("SE2"), InlineData("SE3")]
    public void Check_OwnGroupWithSomeForms_ChecksThose(string name)
    {
        var group = LieGroups.Parse(name);
        foreach (var (own, law) in Own(group, 1))
        {
            var results = GroupLaws.Check(own);
            LawAssert.AllPass(results, output);
            Assert.Equal([law], new[] { Vectors, Pairs, Logarithm, Positions }.Intersect(results.Select(r => r.Law)));
        }
    }

    [Theory]
    [InlineData("SE2", 1.01), InlineData("SE3", 1.01)]
    public void Check_OwnGroupWithAFormThatIsOff_FailsTheLaw(string name, double factor)
    {
        foreach (var (own, law) in Own(LieGroups.Parse(name), factor))
        {
            var failed = GroupLaws.Check(own).Where(result => !result.Passed).Select(result => result.Law).ToHashSet();
            Assert.Contains(law, failed);
        }
    }

    private static (LieGroup Own, string Law)[] Own(LieGroup group, double factor) =>
    [
        (new PairFormGroup(group, factor), Pairs), (new VectorFormGroup(group, factor), Vectors),
        (new FusedFormGroup(group, factor), Logarithm), (new BoundedGroup(group, factor == 1 ? 1 : 2), Positions),
    ];
}
