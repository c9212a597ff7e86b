using LieConv.Training.Description;
using LieConv.Training.Preparation;
using LieConv.Training.Tasks.Points;

namespace LieConv.Tests.Training.Tasks.Points;

/// <summary>What a configuration says is wrong with it, and what options make of it.</summary>
public sealed class PointConfigTests
{
    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("data.path=", "data.path is empty; expected a table, a file of sets or a folder (--data PATH).")]
    [InlineData("jitter=-1", "jitter is -1; expected 0 to 10.")]
    [InlineData("model.layers=0", "Layers is 0; expected at least 1.")]
    [InlineData("model.layers=5000", "Layers is 5000; expected at most 1000.")]
    [InlineData("model.channels=100000", "Channels is 100000; expected at most 32768.")]
    [InlineData("data.meshPoints=-1", "meshPoints is -1; expected 0 to 10000000.")]
    [InlineData("split.test=0.5", "The fractions for training, validation and test are 0.7, 0.15 and 0.5; expected numbers from 0 to 1 that add up to 1, and more than 0 for training.")]
    public void Validate_WrongValue_IsOneSentence(string assignment, string expected)
    {
        var config = Configure([assignment]);
        Assert.Equal([expected], config.Validate());
    }

    [Fact]
    public void Configure_Options_AreKeys()
    {
        var config = (PointConfig)new OwnPoints().Configure(
            new SettingValues(new Dictionary<string, object>
            {
                ["--data"] = "a.csv", ["--split"] = "0.5,0.25,0.25", ["--class-weights"] = "balanced",
                ["--preset"] = "small", ["--together"] = "patient",
            }), ["numberLoss=Absolute"]);
        Assert.Equal(
            ("a.csv", new SplitFractions(0.5, 0.25, 0.25), ClassWeighting.Balanced, 64, "patient", NumberLoss.Absolute),
            (config.Data.Path, config.Split, config.ClassWeights, config.Model.Channels, config.Data.Group, config.NumberLoss));
        Assert.Empty(config.Validate());
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("0.5,0.5", "--split is '0.5,0.5'; expected three numbers such as 0.7,0.15,0.15.")]
    [InlineData("a,b,c", "--split is 'a,b,c'; expected three numbers such as 0.7,0.15,0.15.")]
    public void Configure_WrongSplit_IsOneSentence(string split, string expected) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => new OwnPoints().Configure(
            new SettingValues(new Dictionary<string, object> { ["--split"] = split }), [])).Message);

    [Fact]
    public void CreateGroup_Empty_IsTranslationsOfTheSpace()
    {
        Assert.Equal(["T1", "T3", "T6"], new[] { 1, 3, 6 }.Select(d => Configure([]).CreateGroup(d).ToString()));
        Assert.Equal("SE2[0]", (Configure([]) with { Group = "SE2[0]" }).CreateGroup(2).ToString());
        Assert.Throws<ArgumentException>(() => (Configure([]) with { Group = "SE3" }).CreateGroup(2));
    }

    private static PointConfig Configure(string[] assignments) => (PointConfig)new OwnPoints().Configure(
        new SettingValues(new Dictionary<string, object> { ["--data"] = "a.csv" }), assignments);
}
