using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>Sentences in place of native errors, some of which would end the process.</summary>
[Trait("Category", "Faults")]
public sealed class GroupArgumentTests
{
    [Theory]
    [InlineData("T2"), InlineData("SE2"), InlineData("SO3"), InlineData("SE3[0,1,2]")]
    public void Bracket_ShapesThatDoNotBroadcast_IsOneSentence(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var (a, b) = (zeros(2, group.AlgebraDim), zeros(5, group.AlgebraDim));
        Assert.StartsWith($"a and b of {group.Name} have shapes (2, {group.AlgebraDim}) and (5, {group.AlgebraDim})",
            Assert.Throws<ArgumentException>(() => group.Bracket(a, b)).Message);
        Assert.StartsWith($"a and b of {group.Name} have dtypes Float32 and Float64",
            Assert.Throws<ArgumentException>(() => group.Bracket(a, a.to(ScalarType.Float64))).Message);
        Assert.Equal([5L, 2, group.AlgebraDim], group.Bracket(a, b.unsqueeze(1)).shape);
    }

    [Theory]
    [InlineData("Trivial2"), InlineData("T2"), InlineData("SO2"), InlineData("RxSO2"), InlineData("RxSQ")]
    [InlineData("SE2"), InlineData("SO3"), InlineData("SE3"), InlineData("Rx"), InlineData("SE3[2,5]")]
    public void AnyGroup_ElementOfAnotherSize_IsOneSentence(string name)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var right = group.Identity(ScalarType.Float32, CPU).unsqueeze(0);
        var (wrong, point) = (ones(1, group.ElementDim + 1), ones(1, group.PointDim));
        foreach (var call in new Func<Tensor>[]
        {
            () => group.Compose(right, wrong), () => group.Compose(wrong, right), () => group.Inverse(wrong),
            () => group.Between(right, wrong), () => group.Between(wrong, right), () => group.Act(wrong, point),
            () => group.Act(right, ones(1, group.PointDim + 1)), () => group.Log(wrong), () => group.ToMatrix(wrong),
        })
            Assert.Contains("must have shape (..., ", Assert.Throws<ArgumentException>(() => call()).Message);
        Assert.Equal([1L, group.ElementDim], group.Compose(right, right).shape);
    }

    [Fact]
    public void MatrixGroup_ShapesThatDoNotBroadcast_AreOneSentence()
    {
        using var scope = NewDisposeScope();
        var group = MatrixGroupExamples.SL2();
        var (g, h) = (group.Exp(zeros(2, 3)), group.Exp(zeros(5, 3)));
        Assert.StartsWith("left and right of SL2 have shapes (2, 4) and (5, 4)",
            Assert.Throws<ArgumentException>(() => group.Compose(g, h)).Message);
        Assert.StartsWith("element and point of SL2 have shapes (2, 4) and (5, 2)",
            Assert.Throws<ArgumentException>(() => group.Act(g, zeros(5, 2))).Message);
        Assert.StartsWith("element and point of SL2 have dtypes Float32 and Float64",
            Assert.Throws<ArgumentException>(() => group.Act(g, zeros(2, 2, dtype: ScalarType.Float64))).Message);
    }

    [Fact]
    public void Translation_VeryManyDimensions_NeedsNoTableOfGenerators()
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse("T2000");
        var tangent = arange(2000, dtype: ScalarType.Float64);
        Assert.True(group.Vee(group.Hat(tangent)).eq(tangent).all().item<bool>());
        Assert.Equal(1999.0, group.Hat(tangent)[1999, 2000].item<double>());
    }

    [Fact]
    public void LieSubgroup_CoordinatesThatDoNotClose_NamesTheParameter() =>
        Assert.Equal("coordinates", Assert.Throws<ArgumentException>(() => LieSubgroup.Create(new SO3(), [0, 1])).ParamName);
}
