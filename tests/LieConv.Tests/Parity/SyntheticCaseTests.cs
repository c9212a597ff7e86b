using LieConv.Tests.Parity.Synthetic;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>
/// The runners on cases that nobody recorded: other options, other sizes. Their numbers come from definitions and from
/// the twin, the original's layers in plain operations, which the recorded cases hold to what the original gave.
/// </summary>
[Trait("Category", "Parity")]
public sealed class SyntheticCaseTests
{
    [Theory]
    [InlineData(0.1, 1e-5, "{}")]
    [InlineData(0.37, 1e-5, """{"momentum":0.37,"shape":[3,3,5]}""")]
    [InlineData(1, 0.25, """{"momentum":1,"eps":0.25}""")]
    [InlineData(0, 1e-3, """{"momentum":0,"eps":0.001}""")]
    public void BatchNorm_OtherMomentumAndFloor_GivesItsDefinition(double momentum, double floor, string said)
    {
        using var scope = NewDisposeScope();
        Assert.Empty(SyntheticCase.Faults(LayerTwins.BatchNorm(momentum, floor, said)));
    }

    [Theory]
    [InlineData(0.37, 1e-5, """{"momentum":0.1}""", "out.running_mean0")]
    [InlineData(0.1, 0.25, """{"momentum":0.1,"eps":1e-05}""", "out.train0")]
    public void BatchNorm_NumbersOfOtherOptions_Fails(double momentum, double floor, string said, string array)
    {
        using var scope = NewDisposeScope();
        Assert.Contains(SyntheticCase.Faults(LayerTwins.BatchNorm(momentum, floor, said)),
            fault => fault.StartsWith(array, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""["T",[2]]""", """{"network":"HLieResNet","k":16,"num_layers":2,"mean":false,"nbhd":100}""", 3, 5, 2)]
    [InlineData("""["T",[3]]""", """{"network":"HLieResNet","k":[9,14,21],"num_layers":2,"act":"relu"}""", 2, 7, 1)]
    [InlineData("""["SO2",{"alpha":0.45}]""", """{"network":"HLieResNet","k":13,"num_layers":1,"mean":false}""", 2, 3, 3)]
    [InlineData("""["Trivial",[2]]""", """{"network":"HLieResNet","k":12,"num_layers":1,"center":false,"mean":false}""", 3, 1, 2)]
    [InlineData("""["T",[2]]""", """{"network":"HLieResNet","k":12,"num_layers":2,"bn":true,"train":true}""", 3, 5, 2)]
    [InlineData("""["T",[2]]""", """{"network":"HLieResNet","k":12,"num_layers":1,"bn":true,"train":false,"mean":false}""", 2, 4, 2)]
    [InlineData("""["T",[2]]""", """{"network":"FLieResnet","k":11,"num_layers":1,"mean":false,"nbhd":"inf"}""", 2, 5, 3)]
    public void LieDynamics_OtherOptionsAndSizes_GivesTheTwinsNumbers(
        string group, string options, int systems, int particles, int parameters)
    {
        using var scope = NewDisposeScope();
        Assert.Empty(SyntheticCase.Faults(DynamicsTwin.Of(group, options, systems, particles, parameters)));
    }

    [Theory]
    [InlineData("""{"group":["T",[3]],"k":9,"num_layers":1,"nbhd":"inf","bn":false,"train":false,"act":"relu","fill":1}""", 1, 1)]
    [InlineData("""{"group":["Trivial",[2]],"k":[8,12,19],"num_layers":2,"nbhd":"inf","bn":false,"train":false,"mean":false}""", 4, 2, 1)]
    [InlineData("""{"group":["T",[2]],"k":12,"num_layers":1,"nbhd":7,"knn":true,"train":true,"pool":false}""", 7, 7)]
    [InlineData("""{"group":["SO2",{"alpha":0.3}],"k":12,"num_layers":2,"train":false,"fill":[0.3,2],"pool":false}""", 3, 5, 4)]
    [InlineData("""{"group":"T(1)","k":8,"num_layers":1,"train":false,"per_point":false}""", 2, 3)]
    public void ResNet_OtherOptionsAndSizes_GivesTheTwinsNumbers(string said, params int[] sizes)
    {
        using var scope = NewDisposeScope();
        Assert.Empty(SyntheticCase.Faults(LayerTwins.ResNet(said, sizes)));
    }

    [Theory]
    [InlineData(32, 16)]
    [InlineData(7, 5)]
    public void KernelNetwork_OtherWidths_GivesTheTwinsNumbers(int hidden, int outputs)
    {
        using var scope = NewDisposeScope();
        var said = $$"""{"bn":true,"train":true,"act":"relu","hidden":{{hidden}},"out":{{outputs}},"xyz_dim":3}""";
        Assert.Empty(SyntheticCase.Faults(LayerTwins.Kernel(hidden, outputs, said)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(1)]
    public void Chunks_StatesOfAnySize_AreCut(int size)
    {
        using var scope = NewDisposeScope();
        Assert.Empty(SyntheticCase.Faults(LayerTwins.Chunks(size)));
    }
}
