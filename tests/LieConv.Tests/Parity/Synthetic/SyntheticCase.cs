using System.Text.Json;
using System.Text.Json.Nodes;
using LieConv.Models;
using LieConv.Tests.Parity.Format;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Synthetic;

/// <summary>Cases in the recorded ones' form, whose numbers come from elsewhere, or whose options were changed.</summary>
internal static class SyntheticCase
{
    /// <summary>A case of arrays and options; double precision to nine digits.</summary>
    /// <param name="name">Its name, which tells the family.</param>
    /// <param name="config">Its options, as a JSON object.</param>
    /// <param name="arrays">Its arrays.</param>
    public static GoldenCase Of(string name, string config, IReadOnlyDictionary<string, Tensor> arrays) => new(
        Entry(name, JsonNode.Parse(config)!),
        arrays.ToDictionary(item => item.Key, item => ToArray(item.Value)));

    /// <summary>A recorded case with one option set.</summary>
    public static GoldenCase With(GoldenCase golden, string key, JsonNode? value)
    {
        var entry = JsonNode.Parse(golden.EntryText)!;
        entry["config"]![key] = value?.DeepClone();
        return new GoldenCase(JsonSerializer.SerializeToElement(entry), golden.Arrays);
    }

    /// <summary>Runs a case in double precision: its faults, or the sentence by which a runner refuses it.</summary>
    public static IReadOnlyList<string> Faults(GoldenCase golden)
    {
        using var scope = NewDisposeScope();
        var run = new CaseRun(golden, ScalarType.Float64);
        try
        {
            Families.CaseFamily.Of(golden.Name)!.Run(run);
        }
        catch (Exception refusal) when (refusal is InvalidDataException or ArgumentException)
        {
            return [refusal.Message];
        }
        Assert.NotEmpty(run.Checked);
        return [.. run.Faults()];
    }

    /// <summary>The weights of a residual network of ours by the original's names, in double precision.</summary>
    public static Dictionary<string, Tensor> Weights(nn.Module network, int layers) => network.state_dict().ToDictionary(
        item => OriginalStateDict.FromOurs(item.Key, layers),
        item => item.Value.detach().to_type(ScalarType.Float64).clone());

    private static NpyArray ToArray(Tensor tensor)
    {
        var own = tensor.detach().cpu().contiguous();
        return new NpyArray(own.dtype, own.shape, own.numel() == 0 ? [] : own.bytes.ToArray());
    }

    private static JsonElement Entry(string name, JsonNode config) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["name"] = name, ["section"] = name[..1], ["config"] = config.DeepClone(),
        ["tolerance"] = new JsonObject { ["float64"] = 1e-9, ["float32"] = 1e-4 },
    });
}
