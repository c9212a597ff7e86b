using System.Text.Json.Nodes;
using LieConv.Kernels;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Json;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;
using LieConv.Training.Tasks.Molecules;

namespace LieConv.Tests.Training.Checkpoints;

/// <summary>Configurations of schema version 1, in which what all blocks have in common stood beside a network's own
/// settings. The models are as version 1 wrote them (commit 20b9587).</summary>
public sealed class ConfigVersionTests
{
    private const string Digits = """
        {"inputChannels":1,"height":28,"width":28,"outputs":10,"layers":2,"channels":16,"growChannels":true,
        "blockChannels":null,"totalDownsampling":0.1,"fillFraction":0.1,"sampleCount":20,"neighborhood":"Ball",
        "liftSamples":2,"originalLiftSteps":false,"batchNorm":true,"normMomentum":0.2,"sharedGeometry":true,
        "activation":"Relu"}
        """;

    private const string Motion = """
        {"channels":16,"layers":4,"liftSamples":1,"sharedLift":true,"frames":true,"centred":true,"nearestCount":4,
        "blockChannels":null,"mean":false,"batchNorm":true,"normMomentum":0.1,"activation":"Swish"}
        """;

    private const string Molecules = """
        {"species":[1,6,7,8,9],"chargeScale":9,"lengthUnit":1,"origin":null,"outputs":1,"channels":16,
        "blockChannels":null,"layers":2,"sampleCount":25,"fill":0.5,"blockFills":null,"largestMolecule":29,
        "neighborhood":"Everything","liftSamples":4,"sharedLift":false,"frames":"Weighted","batchNorm":true,
        "normMomentum":0.1,"mean":true,"sumPooling":false,"recentre":true,"activation":"Swish"}
        """;

    [Fact]
    public void Read_DigitsOfVersion1_AreThoseOfToday()
    {
        using var folder = new TemporaryFolder();
        var config = RotMnistConfig.Read(Write(folder, "rotmnist", Digits, """, "group": "SE2:0.2" """));
        var block = config.Model.Block;
        Assert.Equal(RunConfig.CurrentSchemaVersion, config.SchemaVersion);
        Assert.Equal((20, 2, false, true, 0.2, Activation.Relu), (block.SampleCount, block.LiftSamples,
            block.OriginalLiftSteps, block.BatchNorm, block.NormMomentum, block.Activation));
        Assert.Equal((2, 16, "SE2:0.2"), (config.Model.Layers, config.Model.Channels, config.Group));

        // A ball is what images have where nothing is said.
        Assert.Null(block.Neighborhood);
    }

    /// <summary>Before there was a choice, lifts were spaced as in the original.</summary>
    [Fact]
    public void Read_DigitsThatDoNotSayHowLiftsAreSpaced_HaveTheOriginals()
    {
        using var folder = new TemporaryFolder();
        var before = Digits.Replace("\"originalLiftSteps\":false,", "", StringComparison.Ordinal);
        Assert.True(RotMnistConfig.Read(Write(folder, "rotmnist", before)).Model.Block.OriginalLiftSteps);
    }

    [Fact]
    public void Read_MotionOfVersion1_IsThatOfToday()
    {
        using var folder = new TemporaryFolder();
        var block = DynamicsConfig.Read(Write(folder, "springs", Motion, """, "group": "T2" """)).Model.Block;
        Assert.Equal((NeighborhoodKind.Nearest, 4, FrameChoice.Framed, false, true),
            (block.Neighborhood!.Value, block.SampleCount, block.Frames, block.Mean, block.BatchNorm));

        var all = Motion.Replace("Count\":4", "Count\":0", StringComparison.Ordinal)
            .Replace("frames\":true", "frames\":false", StringComparison.Ordinal);
        block = DynamicsConfig.Read(Write(folder, "springs", all, """, "group": "T2" """)).Model.Block;
        Assert.Equal((null, FrameChoice.Sampled), (block.Neighborhood, block.Frames));
    }

    [Fact]
    public void Read_MoleculesOfVersion1_AreThoseOfToday()
    {
        using var folder = new TemporaryFolder();
        var config = MoleculeConfig.Read(Write(folder, "qm9", Molecules, """, "group": "SE3" """));
        var block = config.Model.Block;
        Assert.Equal((NeighborhoodKind.Everything, 25, 4, FrameChoice.Weighted, false),
            (block.Neighborhood!.Value, block.SampleCount, block.LiftSamples, block.Frames, block.SharedLift));
        Assert.True(config.Model.Recentre);
    }

    /// <summary>What a file leaves out of a part is as that part's network has it, not as any block has it.</summary>
    [Fact]
    public void Read_BlockInPart_HasTheDefaultsOfItsNetwork()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("c.json"), """
            {"schemaVersion":2,"task":"springs","group":"T2","model":{"block":{"activation":"Relu"}}}
            """);
        var block = DynamicsConfig.Read(folder.File("c.json")).Model.Block;
        Assert.Equal((Activation.Relu, false, FrameChoice.Framed), (block.Activation, block.BatchNorm, block.Frames));
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("\"activation\":\"Swish\"", "\"activation\":7", "model.block.activation cannot be '7'; expected one of Swish, ")]
    [InlineData("\"frames\":true", "\"frames\":\"often\"", "model.block.frames cannot be 'often'; expected one of Sampled, ")]
    [InlineData("\"nearestCount\":4", "\"nearestCount\":-4", "SampleCount is -4; expected at least 1.")]
    [InlineData("\"centred\":true", "\"centered\":true", "it has an unknown key 'centered'")]
    public void Read_WrongValueOfVersion1_NamesFileAndKey(string right, string wrong, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, "springs", Motion.Replace(right, wrong, StringComparison.Ordinal), """, "group": "T2" """);
        var message = Assert.Throws<InvalidDataException>(() => DynamicsConfig.Read(path)).Message;
        Assert.StartsWith($"'{path}' ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(2, "it has an unknown key 'activation'")]
    [InlineData(3, "schemaVersion is 3; this version reads 1 to 2.")]
    public void Read_KeysOfBeforeInALaterVersion_AreRefused(int version, string expected)
    {
        using var folder = new TemporaryFolder();
        var model = version == 2 ? """{"activation":"Relu"}""" : "{}";
        File.WriteAllText(
            folder.File("c.json"), $$"""{"schemaVersion":{{version}},"task":"springs","group":"T2","model":{{model}}}""");
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(
            () => DynamicsConfig.Read(folder.File("c.json"))).Message, StringComparison.Ordinal);
    }

    /// <summary>Command lines of that time still say what they said.</summary>
    [Theory]
    [InlineData("model.nearestCount=5", "model.block.sampleCount", "5")]
    [InlineData("model.NearestCount=5", "model.block.neighborhood", "Nearest")]
    [InlineData("model.nearestCount=0", "model.block.neighborhood", "null")]
    [InlineData("model.frames=False", "model.block.frames", "Sampled")]
    [InlineData("model.batchNorm = true", "model.block.batchNorm", "true")]
    public void Apply_KeyOfVersion1_SetsWhatItStandsFor(string assignment, string key, string value) =>
        Assert.Equal(value, ConfigFile.Flatten(ConfigEditor.Apply(new DynamicsConfig(), [assignment]), "")[key]);

    /// <summary>A checkpoint of that time says the same of itself in other words.</summary>
    [Fact]
    public void Translate_IdentityOfVersion1_IsThatOfTheConfigurationThatWasRead()
    {
        using var folder = new TemporaryFolder();
        var config = DynamicsConfig.Read(Write(folder, "springs", Motion, """, "group": "T2" """));
        var saved = JsonNode.Parse(Motion)!.AsObject()
            .ToDictionary(pair => $"model.{pair.Key}", pair => ConfigFile.Text(pair.Value));
        var now = FormerKey.Translate(saved, config.FormerKeys);
        var identity = config.Identity();
        Assert.All(now, pair => Assert.Equal(identity[pair.Key], pair.Value));
        Assert.DoesNotContain("model.sharedLift", now.Keys);
    }

    private static string Write(TemporaryFolder folder, string task, string model, string more = "")
    {
        var path = folder.File("config.json");
        var data = task switch
        {
            "qm9" => """, "data": {"source":"qm9"}, "network": "MolecLieResNet" """,
            "springs" => """, "data": {"system":"springs"}, "network": "HLieResNet" """,
            _ => "",
        };
        File.WriteAllText(path, $$"""{"schemaVersion":1,"task":"{{task}}","model":{{model}}{{data}}{{more}}}""");
        return path;
    }
}
