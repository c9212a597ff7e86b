using LieConv.Models;
using LieConv.Molecules;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Sums and means in one network.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class SummedOutputTests
{
    /// <summary>With and without padding: an output that is summed is the mean times the atoms, divided.</summary>
    [Theory]
    [InlineData("T3")]
    [InlineData("SE3 Weighted")]
    public void Forward_SummedOutputs_AreAtomsTimesTheMeansAndOthersMeans(string label)
    {
        using var scope = NewDisposeScope();
        var three = RandomMolecules.Small with { Outputs = 3 };
        using var means = RandomMolecules.Network(label, three);
        using var mixed = RandomMolecules.Network(label, three with { SummedOutputs = [0, 2], SumDivisor = 4 });
        using var none = RandomMolecules.Network(label, three with { SummedOutputs = [] });
        using var all = RandomMolecules.Network(label, three with { SummedOutputs = [0, 1, 2], SumDivisor = 4 });
        foreach (var sizes in new[] { new[] { 5, 9, 3 }, [7, 7, 7] })
        {
            var batch = RandomMolecules.Of(ScalarType.Float64, sizes);
            var counts = tensor(sizes, dtype: ScalarType.Float64).unsqueeze(-1) / 4;
            var mean = means.call(batch, NoDraws.Instance);
            var expected = cat([mean[.., 0..1] * counts, mean[.., 1..2], mean[.., 2..3] * counts], -1);
            Assert.True(RandomMolecules.Difference(expected, mixed.call(batch, NoDraws.Instance)) < 1e-11);
            Assert.True(RandomMolecules.Difference(mean, none.call(batch, NoDraws.Instance)) < 1e-11);
            Assert.True(RandomMolecules.Difference(mean * counts, all.call(batch, NoDraws.Instance)) < 1e-11);
        }
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_WrongSums_AreOneSentenceEach()
    {
        var two = new LieResNetOptions { Outputs = 2 };
        Assert.Equal(["SumDivisor is 0; expected a number above 0."], (two with { SumDivisor = 0 }).Validate());
        Assert.Equal(
            ["SummedOutputs is [0, 2]; expected different numbers from 0 to 1."], (two with { SummedOutputs = [0, 2] }).Validate());
        Assert.Equal(
            ["SummedOutputs is [1, 1]; expected different numbers from 0 to 1."], (two with { SummedOutputs = [1, 1] }).Validate());
        Assert.Equal(
            ["SummedOutputs is given, but Pool is false; expected null where nothing is summed."],
            (two with { SummedOutputs = [0], Pool = false }).Validate());
        Assert.Equal(
            ["SummedOutputs is given, but SumPooling is true, which sums all; expected one of them."],
            (two with { SummedOutputs = [0], SumPooling = true }).Validate());
    }
}
