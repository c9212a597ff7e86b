using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

[Trait("Category", "Faults")]
public sealed class NetworkArgumentTests
{
    [Theory]
    [InlineData(ScalarType.Float64, ScalarType.Float32, "Coordinates has dtype Float64")]
    [InlineData(ScalarType.Float32, ScalarType.Float64, "Values has dtype Float64")]
    [InlineData(ScalarType.Float32, ScalarType.Int64, "Values has dtype Int64")]
    public void Forward_OtherDtypeThanTheParameters_IsOneSentence(
        ScalarType coordinates, ScalarType values, string sentence)
    {
        using var scope = NewDisposeScope();
        using var network = new LieResNet(new Translation(2), new LieResNetOptions { Layers = 1, Channels = [16] });
        var points = new PointSet(zeros([2, 9, 2], dtype: coordinates), zeros([2, 9, 1], dtype: values));
        var error = Assert.Throws<ArgumentException>(() => network.call(points, new GeneratorDraws(new Generator(1))));
        Assert.StartsWith($"{sentence}, but the module's parameters are Float32; expected the same.", error.Message);
    }

    [Fact]
    public void Validate_ChannelsAndFills_NamesEachFault()
    {
        var options = new LieResNetOptions { Layers = 2, Channels = [16, 8, 2], FillFractions = [0.5, -1] };
        Assert.Equal(["Channels is [16, 8, 2]; expected numbers from 4 up, none below the one before it."],
            options.Validate());
        Assert.Equal(["FillFraction is -1; expected a number above 0."],
            (options with { Channels = [16] }).Validate());
        Assert.Empty((options with { Channels = [16], FillFractions = [0.5, 1] }).Validate());
    }
}
