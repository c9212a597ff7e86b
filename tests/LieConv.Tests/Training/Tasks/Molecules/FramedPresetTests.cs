using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Randomness;
using LieConv.Tests.Molecules;
using LieConv.Training.Tasks.Molecules;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Tasks.Molecules;

/// <summary>The preset's network with frames is invariant to rounding for molecules of more atoms than its balls draw.
/// </summary>
[Collection("Serial")]
[Trait("Category", "Equivariance")]
public sealed class FramedPresetTests
{
    private const int Atoms = 32;

    [Theory]
    [InlineData("SE3", FrameChoice.Weighted), InlineData("SE3", FrameChoice.Framed), InlineData("SO3", FrameChoice.Weighted)]
    public void Forward_RotatedMolecule_IsTheSameWhateverIsDrawn(string group, FrameChoice frames) =>
        Assert.InRange(Change(MoleculePresets.WithNeighbours(Config(group, frames))), 0, 1e-11);

    /// <summary>The control: the preset's random balls, where they are asked for.</summary>
    [Fact]
    public void Forward_DrawnNeighbours_ChangesWithTheDraws() =>
        Assert.True(Change(MoleculePresets.WithNeighbours(Config("SE3", FrameChoice.Weighted), areSaid: true)) > 1e-4);

    [Fact]
    public void WithNeighbours_SettingsOtherThanThePresets_AreKept()
    {
        var drawn = Config("SE3", FrameChoice.Sampled);
        Assert.Null(MoleculePresets.WithNeighbours(drawn).Model.Block.Neighborhood);
        var own = Config("SE3", FrameChoice.Weighted);
        own = own with { Model = own.Model with { Block = own.Model.Block with { SampleCount = 10 } } };
        Assert.Null(MoleculePresets.WithNeighbours(own).Model.Block.Neighborhood);
        Assert.Null(MoleculePresets.WithNeighbours(own with { Preset = "" }).Model.Block.Neighborhood);
    }

    private static MoleculeConfig Config(string group, FrameChoice frames)
    {
        var config = MoleculePresets.Create("qm9", "quick", null, group, null, null);
        return config with
        {
            Model = config.Model with
            {
                Block = config.Model.Block with { Frames = frames }, Channels = 16, Layers = 2,
            },
        };
    }

    /// <summary>The largest change of a prediction by a rotation and other draws.</summary>
    private static double Change(MoleculeConfig config)
    {
        random.manual_seed(5);
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var network = config.CreateNetwork();
        foreach (var parameter in network.parameters()) parameter.mul_(2);               // away from a linear function
        network.to(ScalarType.Float64);
        network.eval();
        var batch = RandomMolecules.Of(ScalarType.Float64, Atoms, Atoms - 3);
        var turned = batch with { Positions = batch.Positions.nan_to_num(0).matmul(RandomMolecules.Rotation().T) };
        Tensor Predict(MoleculeBatch molecules, ulong seed) =>
            network.call(molecules, new GeneratorDraws(new Generator(seed)));
        var change = RandomMolecules.Difference(Predict(batch, 1), Predict(turned, 2));
        TestContext.Current.TestOutputHelper?.WriteLine($"{config.Model.Block.Neighborhood}: {change:G3}");
        return change;
    }
}
