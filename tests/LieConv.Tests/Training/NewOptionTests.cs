using LieConv.Kernels;
using LieConv.Neighbours;
using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;
using TorchSharp;

namespace LieConv.Tests.Training;

/// <summary>Options that came later: reachable, kept in config.json, and no reason to refuse what was made before
/// them.</summary>
[Collection("Serial")]
public sealed class NewOptionTests
{
    [Fact]
    public void Apply_OptionsOfEveryNetwork_ReachTheModelAndTheFile()
    {
        using var folder = new TemporaryFolder();
        var images = ConfigEditor.Apply(new RotMnistConfig(), [
            "model.blockChannels=[8,9,10,11,12,13,14]", "model.block.batchNorm=false", "model.block.normMomentum=0.2", "shiftPixels=1.5",
        ]);
        Assert.Empty(images.Validate());
        Assert.Equal([8, 9, 10, 11, 12, 13, 14], Again(images).Model.BlockChannels!);
        Assert.Equal((false, 0.2, 1.5), (Again(images).Model.Block.BatchNorm, Again(images).Model.Block.NormMomentum, Again(images).ShiftPixels));

        var molecules = ConfigEditor.Apply(new MoleculeConfig { Group = "T3" }, [
            "model.blockFills=[0.3,0.4,0.5,0.6,0.7,1]", "model.origin=[0,0,0.5]", "model.block.neighborhood=Nearest",
            "model.blockChannels=null",
        ]);
        Assert.Empty(molecules.Validate());
        Assert.Equal([0, 0, 0.5], Again(molecules).Model.Origin!);
        Assert.Equal((1.0, NeighborhoodKind.Nearest), (Again(molecules).Model.BlockFills![5], Again(molecules).Model.Block.Neighborhood));

        var motion = ConfigEditor.Apply(new DynamicsConfig { Group = "T2" }, [
            "model.block.mean=false", "model.block.batchNorm=true", "model.block.activation=Relu", "model.blockChannels=[8,8,8,8,16]",
        ]);
        Assert.Empty(motion.Validate());
        Assert.Equal((false, true, Activation.Relu, 16), (Again(motion).Model.Block.Mean, Again(motion).Model.Block.BatchNorm,
            Again(motion).Model.Block.Activation, Again(motion).Model.BlockChannels![4]));

        T Again<T>(T config) where T : class
        {
            ConfigFile.Write(folder.File("c.json"), config);
            return ConfigFile.Read<T>(folder.File("c.json"));
        }
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("model.blockChannels=16", "model.blockChannels cannot be '16'; expected whole numbers such as [16,20,24], or null.")]
    [InlineData("model.blockFills=[a]", "model.blockFills cannot be '[a]'; expected numbers such as [0.3,0.6], or null.")]
    [InlineData("model.block.neighborhood=Square", "model.block.neighborhood cannot be 'Square'; expected one of Ball, Nearest, Everything or null.")]
    public void Apply_WrongList_SaysWhatIsExpected(string assignment, string expected) => Assert.Equal(expected,
        Assert.Throws<ArgumentException>(() => ConfigEditor.Apply(new MoleculeConfig(), [assignment])).Message);

    [Fact]
    public void Read_ConfigurationOfBeforeThem_IsValidAndHasTheirDefaults()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("c.json"), """{"task":"springs","group":"T2","model":{"channels":64,"layers":2}}""");
        var model = DynamicsConfig.Read(folder.File("c.json")).Model;
        Assert.Equal((true, false, 0.1, Activation.Swish), (model.Block.Mean, model.Block.BatchNorm, model.Block.NormMomentum, model.Block.Activation));
    }

    /// <summary>The identity that a checkpoint of before them holds lacks their keys.</summary>
    [Theory]
    [InlineData("springs")]
    [InlineData("qm9")]
    [InlineData("rotmnist")]
    public void UsualIdentity_KeysThatAnOldCheckpointLacks_AreTheDefaults(string task)
    {
        RunConfig config = task switch
        {
            "springs" => new DynamicsConfig(),
            "qm9" => new MoleculeConfig(),
            _ => new RotMnistConfig(),
        };
        var usual = RunConfig.UsualIdentity(config.Identity());
        Assert.Equal("0.1", usual["model.block.normMomentum"]);
        Assert.Equal("null", usual["model.blockChannels"]);
        Assert.DoesNotContain("group", usual.Keys);
    }

    [Theory]
    [InlineData("model.block.mean", "model.block.mean=false", false)]
    [InlineData("model.block.mean", "model.block.mean=true", true)]
    [InlineData("model.block.normMomentum", "model.block.normMomentum=0.5", false)]
    [InlineData("model.blockChannels", "model.channels=384", true)]
    public void LoadModel_CheckpointOfBeforeAnOption_IsRefusedOnlyWhereItIsNotAsUsual(string key, string now, bool loads)
    {
        using var folder = new TemporaryFolder();
        var before = new DynamicsConfig { Group = "T2" }.Identity().Where(pair => pair.Key != key).ToDictionary();
        using TinyObjective objective = new TinyObjective(identity: before);
        using var adam = torch.optim.Adam(objective.Model.parameters());
        var store = new CheckpointStore(folder.File("checkpoints"));
        store.Save(CheckpointStore.Last, objective, adam, new TrainingProgress(), new Dictionary<string, double>());
        var identity = ConfigEditor.Apply(new DynamicsConfig { Group = "T2" }, [now]).Identity();
        if (loads) store.LoadModel("last", objective.Model, identity);
        else
            Assert.StartsWith($"Checkpoint 'last' was made with {key} ",
                Assert.Throws<InvalidDataException>(() => store.LoadModel("last", objective.Model, identity)).Message,
                StringComparison.Ordinal);
    }
}
