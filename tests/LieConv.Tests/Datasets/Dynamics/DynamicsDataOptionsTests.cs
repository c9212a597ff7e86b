using LieConv.Datasets.Dynamics;

namespace LieConv.Tests.Datasets.Dynamics;

public sealed class DynamicsDataOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreRight()
    {
        Assert.Empty(new DynamicsDataOptions().Validate());
        Assert.Equal(500, new DynamicsDataOptions().Points);
        Assert.Equal(200, new DynamicsDataOptions { System = "nbody" }.Points);
        Assert.Equal(7, new DynamicsDataOptions { System = "nbody", Points = 7 }.Points);
    }

    [Fact]
    public void Validate_EverythingWrong_GivesOneSentenceEach()
    {
        var errors = new DynamicsDataOptions
        {
            System = "pendulum", Particles = 1, Dimensions = 4, TrainCount = 0, ValidationCount = -1, TestCount = 0,
            ChunkLength = 1, Points = 1, TimeStep = double.NaN, RolloutCount = 0, DataRoot = " ",
        }.Validate();
        Assert.Equal(
        [
            "System is 'pendulum'; expected one of springs, nbody.",
            "Particles is 1; expected 2 to 1000.",
            "Dimensions is 4; expected 2 or 3.",
            "TrainCount is 0; expected at least 1.",
            "ValidationCount is -1; expected 0 or more.",
            "TestCount is 0; expected at least 1.",
            "ChunkLength is 1; expected at least 2.",
            "Points is 1; expected at least a chunk, 2.",
            "TimeStep is NaN; expected a number above 0.",
            "RolloutCount is 0; expected at least 1.",
            "DataRoot is blank; expected a folder.",
        ], errors);
    }

    [Fact]
    public void Load_WrongOptions_Throws() =>
        Assert.Contains("Dimensions is 1", Assert.Throws<ArgumentException>(
            () => DynamicsData.Load(new DynamicsDataOptions { Dimensions = 1 })).Message, StringComparison.Ordinal);
}
