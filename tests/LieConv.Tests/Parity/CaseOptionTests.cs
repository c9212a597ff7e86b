using System.Text.Json;
using System.Text.Json.Nodes;
using LieConv.Tests.Parity.Families;
using LieConv.Tests.Parity.Format;
using LieConv.Tests.Parity.Synthetic;

namespace LieConv.Tests.Parity;

/// <summary>Options of cases that a runner does not know are refused, never passed over.</summary>
[Trait("Category", "Parity")]
[Trait("Category", "Faults")]
public sealed class CaseOptionTests
{
    /// <summary>The copies beside the tests, whatever folder is in use.</summary>
    private static readonly Manifest Own = Manifest.Load(Path.Combine(AppContext.BaseDirectory, "golden"));

    /// <summary>A recorded case of each family.</summary>
    public static TheoryData<string> OnePerFamily => [.. CaseFamily.All
        .Select(family => Own.Cases.FirstOrDefault(golden => CaseFamily.Of(golden.Name) == family)?.Name)
        .OfType<string>()];

    [Theory]
    [MemberData(nameof(OnePerFamily))]
    public void Run_OptionThatNobodyKnows_Fails(string name)
    {
        var fault = Assert.Single(Faults(name, "dropout", 0.25));
        Assert.StartsWith("option dropout = 0.25 is not known to the runner", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C_T2_ball_bn_mean_train", "act", "\"gelu\"", "The option act of the case is \"gelu\"; expected swish or relu.")]
    [InlineData("D_lieresnet_T2_bn_train", "act", "\"Relu\"", "The option act of the case is \"Relu\"; expected swish or relu.")]
    [InlineData("B_bottleblock_ds1", "mc_samples", "2.5", "The option mc_samples of the case is 2.5; expected a whole number.")]
    [InlineData("B_bottleblock_ds1", "bn", "1", "The option bn of the case is 1; expected true or false.")]
    [InlineData("B_ball_neighborhood_T2", "knn", "true", "The option knn of the case is true; expected False, the only value that a runner has.")]
    [InlineData("A_SO2_lift", "args", """{"alpha":0.2,"beta":1}""", "The group SO2 of the case has an unknown option beta.")]
    [InlineData("A_SO2_lift", "alpha", "0.3", "option alpha is 0.3, which this run is not")]
    [InlineData("A_SO2_lift", "lie_dim", "2", "option lie_dim is 2, which this run is not")]
    [InlineData("C_T2_ball_bn_mean_train", "cmco_ci", "8", "option cmco_ci is 8, which this run is not")]
    [InlineData("D_hlieresnet_T2", "fill", "0.5", "option fill is 0.5, which this run is not")]
    [InlineData("D_hlieresnet_T2", "mean", "\"no\"", "The option mean of the case is \"no\"; expected true or false.")]
    [InlineData("D_fc", "k", "[16,16]", "D_fc has several k, but FC takes one.")]
    [InlineData("D_fc", "network", "\"RNN\"", "D_fc has the network RNN, which is not known.")]
    [InlineData("E_trainer_hlieresnet_T2", "nbhd", "4", "E_trainer_hlieresnet_T2 leaves particles out (nbhd); expected at least 6 neighbours.")]
    [InlineData("E_odeint_rk4", "method", "\"rk5\"", "\"rk5\" is no solver")]
    public void Run_OptionThatCannotBeHonoured_IsRefusedWithASentence(
        string name, string key, string value, string expected) =>
        Assert.Contains(Faults(name, key, JsonNode.Parse(value)),
            fault => fault.StartsWith(expected, StringComparison.Ordinal));

    /// <summary>Each changes what must come out, so that a runner which passed it over would not notice.</summary>
    [Theory]
    [InlineData("D_hlieresnet_T2", "mean", "false", "out.dzdt")]
    [InlineData("D_hlieresnet_T2", "act", "\"relu\"", "out.dzdt")]
    [InlineData("D_flieresnet_T2", "mean", "false", "out.dzdt")]
    [InlineData("D_lieresnet_T2_bn_train", "momentum", "0.2", "after.net.")]
    [InlineData("D_img_Trivial2_small_train", "act", "\"relu\"", "out.logits")]
    [InlineData("D_molec_T3_bn_eval", "act", "\"relu\"", "out.y")]
    [InlineData("D_molec_T3_bn_eval", "mean", "false", "out.y")]
    [InlineData("D_molec_T3_bn_eval", "nbhd", "3", "out.y")]
    [InlineData("B_pointconv", "knn_channels", "1", "out.vals")]
    [InlineData("D_adam3_T2", "weight_decay", "0.1", "out.losses")]
    [InlineData("E_trainer_hogn", "method", "\"euler\"", "out.nfe_one_rollout")]
    [InlineData("F_se3_aug", "scale", "0.25", "out.T3")]
    public void Run_OtherValueOfAKnownOption_ComesOutOtherwise(string name, string key, string value, string array) =>
        Assert.Contains(Faults(name, key, JsonNode.Parse(value)),
            fault => fault.StartsWith(array, StringComparison.Ordinal));

    [Fact]
    public void Unasked_KeyThatWasAskedFor_IsNotInIt()
    {
        using var json = JsonDocument.Parse("""{"k":3,"nbhd":"inf","note":"of several words"}""");
        var config = new CaseConfig(json.RootElement);
        Assert.Equal((3, int.MaxValue, 7), (config.Whole("k"), config.Count("nbhd"), config.Whole("layers", 7)));
        Assert.Equal(["note"], config.Unasked.Select(item => item.Key));
        Assert.Throws<InvalidDataException>(() => config.Whole("fill"));
    }

    [Fact]
    public void WithNames_PythonsBareWords_AreTexts()
    {
        var text = Manifest.WithNames("""{"nbhd": Infinity, "a": [1, -Infinity,NaN], "s": "a: Infinity, b"}""");
        using var json = JsonDocument.Parse(text);
        Assert.Equal(int.MaxValue, new CaseConfig(json.RootElement).Count("nbhd"));
        Assert.Equal("a: Infinity, b", json.RootElement.GetProperty("s").GetString());
    }

    private static IReadOnlyList<string> Faults(string name, string key, JsonNode? value) =>
        SyntheticCase.Faults(SyntheticCase.With(Own.Cases.Single(golden => golden.Name == name), key, value));
}
