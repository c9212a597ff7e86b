using LieConv.Groups;
using LieConv.Neighbours;
using LieConv.Tests.Support;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Tests.Training;

public sealed class ConfigurationTests
{
    public static TheoryData<string> Presets => [.. RotMnistPresets.All.Select(preset => preset.Preset)];

    [Fact]
    public void Apply_ValuesOfEveryKind_ChangesJustThese()
    {
        var config = ConfigEditor.Apply(new RotMnistConfig(), [
            "model.channels=64", "MODEL.FillFraction=0.25", "train.augment=false",
            "data.dataRoot=/some/12", "model.block.neighborhood=Nearest", "train.device=cuda:1", "group=SE2:0.1",
        ]);
        var expected = new RotMnistConfig();
        expected = expected with
        {
            Group = "SE2:0.1",
            Model = expected.Model with
            {
                Channels = 64, FillFraction = 0.25,
                Block = expected.Model.Block with { Neighborhood = NeighborhoodKind.Nearest },
            },
            Train = expected.Train with { Augment = false, Device = "cuda:1" },
            Data = expected.Data with { DataRoot = "/some/12" },
        };
        Assert.Equal(expected, config);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("model.channel=3", "model.channel is no single setting; expected one of model.inputChannels, model.height,")]
    [InlineData("modl.channels=3", "modl.channels is no single setting; expected one of schemaVersion, task, preset, group, data, dataDescription, model, shiftPixels, train.")]
    [InlineData("model=3", "model is no single setting; expected one of model.inputChannels")]
    [InlineData("group.x=3", "group.x is unknown: group has no parts.")]
    [InlineData("model.channels", "'model.channels' is not of the form key=value, such as model.channels=64.")]
    [InlineData("model.channels=many", "model.channels cannot be 'many'; expected a number like 128.")]
    [InlineData("model.channels=1.5", "model.channels cannot be '1.5'; expected a number like 128.")]
    [InlineData("model.channels=", "model.channels cannot be ''; expected a number like 128.")]
    [InlineData("model.channels=1,000", "model.channels cannot be '1,000'; expected a number like 128.")]
    [InlineData("train.learningRate=0,003", "train.learningRate cannot be '0,003'; expected a number like 0.003.")]
    [InlineData("train.ema=NaN", "train.ema cannot be 'NaN'; expected a number like 0.")]
    [InlineData("train.maxMinutes=Infinity", "train.maxMinutes cannot be 'Infinity'; expected a number like 0.")]
    [InlineData("train.learningRate=1e400", "train.learningRate cannot be '1e400'; expected a number like 0.003.")]
    [InlineData("train.augment=1", "train.augment cannot be '1'; expected true or false.")]
    [InlineData("model.block.neighborhood=Square", "model.block.neighborhood cannot be 'Square'; expected one of ")]
    [InlineData("model.block.activation=1", "model.block.activation cannot be '1'; expected one of Swish, ")]
    public void Apply_BadAssignment_SaysWhatIsExpected(string assignment, string expected)
    {
        var failure = Assert.Throws<ArgumentException>(() => ConfigEditor.Apply(new RotMnistConfig(), [assignment]));
        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void Create_EveryPresetForEveryPlaneGroup_IsValidAndSurvivesAFile(string preset)
    {
        using var folder = new TemporaryFolder();
        foreach (var known in LieGroups.Known)
        {
            var config = RotMnistPresets.Create(preset, known.Name);
            Assert.Empty(config.Validate());
            Assert.Equal(known.Name, LieGroups.Parse(config.Group).Name);
            ConfigFile.Write(folder.File("c.json"), config);
            Assert.Equal(config, ConfigFile.Read<RotMnistConfig>(folder.File("c.json")));
        }
    }

    [Theory]
    [InlineData(null, "SE2:0.05", 2)]
    [InlineData("SE2", "SE2:0.05", 2)]
    [InlineData("SE2:0.3", "SE2:0.3", 2)]
    [InlineData("RxSO2", "RxSO2:0.3", 1)]
    [InlineData("Rx", "Rx:0.1", 1)]
    [InlineData("SO2", "SO2:0.2", 1)]
    [InlineData("T2", "T2", 1)]
    public void Create_Readme_HasTheOriginalsSettingsOfTheGroup(string? group, string expected, int lifts)
    {
        var config = RotMnistPresets.Create("readme", group);
        Assert.Equal((expected, lifts), (config.Group, config.Model.Block.LiftSamples));
        Assert.Equal((128, 6, 0.1, 0.1, 25), (config.Model.Channels, config.Model.Layers, config.Model.TotalDownsampling,
            config.Model.FillFraction, config.Model.Block.SampleCount));
        Assert.Equal((500, 25, 3e-3, true), (config.Train.Epochs, config.Train.Batch, config.Train.LearningRate, config.Train.Augment));
        Assert.Equal((12_000, 0, 50_000), (config.Data.TrainCount, config.Data.ValidationCount, config.Data.TestCount));
    }

    [Fact]
    public void Apply_OptionsOfTheTraining_AreReachable()
    {
        var train = ConfigEditor.Apply(new DynamicsConfig(), [
            "train.ema=0.999", "train.schedule=plateau", "train.plateauFactor=0.2", "train.plateauPatience=4",
            "train.warmUp=0.01", "train.gradientClip=2", "train.earlyStopping=7",
        ]).Train;
        Assert.Equal(new TrainOptions
        {
            Ema = 0.999, Schedule = ScheduleKind.Plateau, PlateauFactor = 0.2, PlateauPatience = 4, WarmUp = 0.01,
            GradientClip = 2, EarlyStopping = 7,
        }, train);
    }

    [Fact]
    public void Read_ConfigurationOfBeforeTheseOptions_HasTheirDefaults()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("c.json"), """{"task":"rotmnist","train":{"epochs":3,"gradientLimit":0}}""");
        Assert.Equal(new TrainOptions { Epochs = 3 }, RotMnistConfig.Read(folder.File("c.json")).Train);
    }

    /// <summary>Networks from before there was a choice were trained with lifts spaced as in the original, and their
    /// checkpoints do not say so.</summary>
    [Fact]
    public void Read_ConfigurationOfBeforeTheChoiceOfLiftSteps_HasTheOriginals()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("c.json"), """{"task":"rotmnist","group":"SE2:0.05","model":{"liftSamples":2}}""");
        var before = RotMnistConfig.Read(folder.File("c.json"));
        Assert.True(before.Model.Block.OriginalLiftSteps);
        Assert.DoesNotContain("model.block.originalLiftSteps", before.Identity().Keys);

        var sound = RotMnistPresets.Create("readme", "SE2");
        Assert.False(sound.Model.Block.OriginalLiftSteps);
        Assert.Equal("false", sound.Identity()["model.block.originalLiftSteps"]);
        ConfigFile.Write(folder.File("d.json"), sound);
        Assert.False(RotMnistConfig.Read(folder.File("d.json")).Model.Block.OriginalLiftSteps);
        Assert.True(ConfigEditor.Apply(sound, ["model.block.originalLiftSteps=true"]).Model.Block.OriginalLiftSteps);
        Assert.DoesNotContain("model.block.originalLiftSteps", RotMnistPresets.Create("readme", "T2").Identity().Keys);
    }

    /// <summary>How products are computed is the training's affair: it would else part old checkpoints from their
    /// networks.</summary>
    [Fact]
    public void Identity_Network_DoesNotNameItsProducts()
    {
        var (images, molecules) = (new RotMnistConfig().Identity(), new MoleculeConfig().Identity());
        Assert.Equal("float32", images["train.precision"]);
        Assert.DoesNotContain(images.Keys.Concat(molecules.Keys), key => key.Contains("products", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("model.layers=2000000000", "Layers is 2000000000; expected at most 1000.")]
    [InlineData("model.channels=2147483647", "Channels is 2147483647 and TotalDownsampling 0.1, which makes ")]
    [InlineData("model.totalDownsampling=1e-9", "Channels is 128 and TotalDownsampling 1E-09, which makes ")]
    public void Validate_SizesBeyondAnyMemory_AreRefusedBeforeTheyAreTried(string assignment, string expected)
    {
        var error = Assert.Single(ConfigEditor.Apply(new RotMnistConfig(), [assignment]).Validate());
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("", "it is empty.")]
    [InlineData("{\n\"group\":", "it is damaged or incomplete JSON (line 2).")]
    [InlineData("[]", "it is not an object (line 1).")]
    [InlineData("""{"model":{"layerz":2}}""", "it has an unknown key 'layerz'.")]
    [InlineData("""{"model":{"layers":"x"}}""", "model.layers has a value of the wrong kind (line 1).")]
    public void Read_DamagedFile_SaysWhatAndWhereWithoutTypeNames(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("c.json"), text);
        var failure = Assert.Throws<InvalidDataException>(() => ConfigFile.Read<RotMnistConfig>(folder.File("c.json")));
        Assert.Equal($"'{folder.File("c.json")}' cannot be read: {expected}", failure.Message);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Read_UnknownKey_IsOneSentence()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("c.json"), """{"group":"T2","colour":3}""");
        var failure = Assert.Throws<InvalidDataException>(() => ConfigFile.Read<RotMnistConfig>(folder.File("c.json")));
        Assert.Contains("colour", failure.Message, StringComparison.Ordinal);
    }
}
