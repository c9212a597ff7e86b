using LieConv.Groups;
using LieConv.Groups.Laws;

namespace LieConv.Tests.Groups;

/// <summary>The laws must be able to fail: each fault is noticed by a law that names it.</summary>
[Trait("Category", "Laws")]
public sealed class BrokenGroupTests
{
    [Theory]
    [InlineData("SE2", Fault.ExpSign, "Exp(a) = matrix exponential")]
    [InlineData("SE2", Fault.LogWithoutV, "Log(Exp(a)) = a")]
    [InlineData("SE2", Fault.LogNotDifferentiable, "second derivative of Log(Exp(a))")]
    [InlineData("SE3", Fault.InverseIsIdentity, "g g⁻¹ = e")]
    [InlineData("SO3", Fault.HatTransposed, "Vee(Hat(a)) = a")]
    [InlineData("SO3", Fault.ComposeSwapped, "matrix of g h = product of matrices")]
    [InlineData("SE2", Fault.LiftIgnoresPoint, "u⁻¹ x is the same on an orbit")]
    [InlineData("SO2", Fault.OrbitsVary, "orbits are invariant")]
    [InlineData("T2", Fault.DistanceAsymmetric, "distance is symmetric")]
    [InlineData("SE3", Fault.PairDistancesScaled, "PairDistances = Distance of Relative")]
    [InlineData("SE2", Fault.ActIgnoresTranslation, "u⁻¹ x is the same on an orbit")]
    [InlineData("SE2", Fault.StabilizerDenied, "a stabilizer that can be counted is declared")]
    [InlineData("SO3", Fault.DrawsNotUniform, "draws of the stabilizer are uniform: k h as h")]
    [InlineData("SE2", Fault.LiftWithAnotherSlope, "first derivative of Lift")]
    [InlineData("SE2", Fault.FramesDoNotMove, "framed lift(g x) = g lift(x)")]
    [InlineData("SE2", Fault.MotionsWithoutRotation, "declared motions are those of the action")]
    public void Check_BrokenGroup_FailsTheLaw(string name, Fault fault, string law)
    {
        var results = GroupLaws.Check(new BrokenGroup(LieGroups.Parse(name), fault));
        Assert.Contains(results, result => result.Law == law && !result.Passed);
    }

    [Fact]
    public void Check_WrapperWithoutFault_PassesAllLaws() =>
        Assert.All(GroupLaws.Check(new BrokenGroup(new SE2(), Fault.None)), result => Assert.True(result.Passed));

    [Fact]
    [Trait("Category", "Faults")]
    public void Check_BadOptions_NamesEveryOne()
    {
        var options = new GroupLawsOptions { Samples = 0, ToleranceFactor = -1 };
        var error = Assert.Throws<ArgumentException>(() => GroupLaws.Check(new SE2(), options));
        Assert.Contains("Samples is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("ToleranceFactor is -1", error.Message, StringComparison.Ordinal);
    }
}
