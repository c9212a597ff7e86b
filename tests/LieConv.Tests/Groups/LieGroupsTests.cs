using LieConv.Groups;

namespace LieConv.Tests.Groups;

public sealed class LieGroupsTests
{
    [Theory]
    [InlineData("SE2:0.05", "SE2:0.05", typeof(SE2)), InlineData("T2", "T2", typeof(Translation))]
    [InlineData("T(3)", "T3", typeof(Translation)), InlineData("T", "T2", typeof(Translation))]
    [InlineData("Trivial2", "Trivial2", typeof(Trivial)), InlineData("Trivial(3)", "Trivial3", typeof(Trivial))]
    [InlineData("SO2:.2", "SO2", typeof(SO2)), InlineData("RxSO2:.3", "RxSO2:0.3", typeof(RxSO2))]
    [InlineData("Tx", "Tx", typeof(LieSubgroup)), InlineData("Tx(2)", "Tx", typeof(LieSubgroup))]
    [InlineData("Ty", "Ty", typeof(LieSubgroup)), InlineData("Ty3", "Ty3", typeof(LieSubgroup))]
    [InlineData("Rx:.1", "Rx:0.1", typeof(LieSubgroup)), InlineData("SQ", "SQ", typeof(LieSubgroup))]
    [InlineData("rxsq", "RxSQ", typeof(RxSQ)), InlineData("so3", "SO3", typeof(SO3))]
    [InlineData(" SE3:.2 ", "SE3", typeof(SE3)), InlineData("SE3[2,5]", "SE3[2,5]", typeof(LieSubgroup))]
    [InlineData("SE3[5, 2]:0.5", "SE3[2,5]:0.5", typeof(LieSubgroup))]
    [InlineData("SE2(.05)", "SE2:0.05", typeof(SE2)), InlineData("SO2(0.2)", "SO2", typeof(SO2))]
    [InlineData("RxSO2(.3)", "RxSO2:0.3", typeof(RxSO2)), InlineData("SE3(.2)", "SE3", typeof(SE3))]
    [InlineData("SO3(alpha=0.1)", "SO3:0.1", typeof(SO3)), InlineData("SE2()", "SE2", typeof(SE2))]
    [InlineData("T(k=3)", "T3", typeof(Translation)), InlineData("Trivial(dim=3)", "Trivial3", typeof(Trivial))]
    [InlineData("Tx(3)", "Tx3", typeof(LieSubgroup)), InlineData("T(2):0.1", "T2:0.1", typeof(Translation))]
    [InlineData("Rx(.1)", "Rx:0.1", typeof(LieSubgroup)), InlineData("SE2(1)", "SE2:1", typeof(SE2))]
    [InlineData("SE3(.3)[2,5]", "SE3[2,5]:0.3", typeof(LieSubgroup))]
    public void Parse_KnownName_ReturnsTheGroup(string text, string name, Type type)
    {
        var group = LieGroups.Parse(text);
        Assert.IsType(type, group);
        Assert.Equal(name, group.ToString());
        Assert.Equal(name, LieGroups.Parse(group.ToString()).ToString());
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("SE7", "Unknown group 'SE7'; expected one of Trivial2, T2, Tx,")]
    [InlineData("", "Unknown group ''")]
    [InlineData("SO2(3)", "Unknown group 'SO2(3)'")]
    [InlineData("SE2:1.5", "The distance weight in 'SE2:1.5' is '1.5'; expected a number from 0 to 1")]
    [InlineData("SE2:", "The distance weight in 'SE2:' is ''")]
    [InlineData("SE2:NaN", "'NaN'; expected a number from 0 to 1")]
    [InlineData("SE2:0,05", "'0,05'; expected a number from 0 to 1")]
    [InlineData("SE2(0,05)", "'0,05'; expected a number from 0 to 1")]
    [InlineData("SE2(1.5)", "'1.5'; expected a number from 0 to 1")]
    [InlineData("SE2(.1):.2", "Unknown group 'SE2(.1):.2'")]
    [InlineData("T(.2)", "The dimension in 'T(.2)' is '.2'; expected a whole number, as in T(2).")]
    [InlineData("T(2,3)", "The dimension in 'T(2,3)' is '2,3'; expected a whole number")]
    [InlineData("SE2(.05", "Unknown group 'SE2(.05'")]
    [InlineData("T0", "The dimension of T is 0; expected 1 or more")]
    [InlineData("Ty1", "The coordinates [1] do not name a subgroup of T1")]
    [InlineData("SE2[0,1]", "the bracket of 0 and 1 has a component along 2")]
    [InlineData("SO2[0]", "Subgroups can be taken of T, RxSO2, RxSQ, SE2, SO3 and SE3, not of SO2")]
    public void Parse_BadText_SaysWhatIsExpected(string text, string message) =>
        Assert.Contains(
            message, Assert.Throws<ArgumentException>(() => LieGroups.Parse(text)).Message, StringComparison.Ordinal);

    /// <summary>A name without its dimension is of the points'; one that has another is refused.</summary>
    [Theory]
    [InlineData(3, "T", "T3")]
    [InlineData(3, "trivial:0.1", "Trivial3:0.1")]
    [InlineData(3, "Tx", "Tx3")]
    [InlineData(2, "Tx", "Tx")]
    [InlineData(5, "T()", "T5")]
    [InlineData(1, "T", "T1")]
    [InlineData(2, "SE2[0]", "SE2[0]")]
    [InlineData(3, "rx", "Rx3")]
    [InlineData(1, "Rx:.5", "Rx1:0.5")]
    [InlineData(2, "Rx2", "Rx")]
    [InlineData(4, "so4", "SO4")]
    [InlineData(6, "SE6(.1)", "SE6:0.1")]
    [InlineData(3, "RxSO3", "RxSO3")]
    [InlineData(5, "T5[4, 0]", "T5[0,4]")]
    public void ParseOn_NameWithoutDimension_IsOfThePoints(int dimensions, string text, string name)
    {
        var group = LieGroups.ParseOn(dimensions, text);
        Assert.Equal((name, dimensions), (group.ToString(), group.PointDim));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(3, "SE2", "SE2 acts on 2-dimensional points, but these have 3; expected one of Trivial3, T3, Tx3, ")]
    [InlineData(3, "SU5", "Unknown group 'SU5'; expected one of Trivial3, T3, Tx3, Ty3, SO3, RxSO3, Rx3, SE3, with an optional")]
    [InlineData(1, "SU5", "Unknown group 'SU5'; expected one of Trivial1, T1, Rx1, with an optional distance weight as in T1:0.05.")]
    public void ParseOn_GroupOfOtherPoints_ListsTheirs(int dimensions, string text, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentException>(() => LieGroups.ParseOn(dimensions, text)).Message, StringComparison.Ordinal);

    /// <summary>Candidates act on the dimension, begin with none and are each one only.</summary>
    [Fact]
    public void Candidates_OfEveryDimension_ActOnIt()
    {
        for (var dimensions = 1; dimensions <= 6; dimensions++)
        {
            var groups = LieGroups.Candidates(dimensions);
            Assert.IsType<Trivial>(groups[0]);
            Assert.All(groups, group => Assert.Equal(dimensions, group.PointDim));
            Assert.Equal(groups.Count, groups.Select(group => group.Name).Distinct().Count());
        }
        Assert.Equal(["Trivial2", "Tx", "Ty", "T2", "SO2", "SE2", "Rx", "RxSO2"], LieGroups.Candidates(2).Select(group => group.Name));
        Assert.Throws<ArgumentOutOfRangeException>(() => LieGroups.Candidates(7));
    }

    [Fact]
    public void On_EveryName_ParsesToAGroupOfTheDimension()
    {
        for (var dimensions = 1; dimensions <= 6; dimensions++)
            Assert.All(LieGroups.On(dimensions), known =>
            {
                var group = LieGroups.ParseOn(dimensions, known.Name);
                Assert.Equal((known.Name, dimensions), (group.ToString(), group.PointDim));
            });
    }

    [Fact]
    public void Known_EveryName_ParsesToItself() =>
        Assert.All(LieGroups.Known, known => Assert.Equal(known.Name, LieGroups.Parse(known.Name).ToString()));

    [Fact]
    [Trait("Category", "Faults")]
    public void Constructor_BadAlpha_Throws()
    {
        Assert.Throws<ArgumentException>(() => new SE2(-0.1));
        Assert.Throws<ArgumentException>(() => new SO3(double.NaN));
        Assert.Throws<ArgumentException>(() => new Trivial(0));
    }
}
