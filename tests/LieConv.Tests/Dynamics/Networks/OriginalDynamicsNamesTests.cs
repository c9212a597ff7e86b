using LieConv.Dynamics.Networks;
using static TorchSharp.torch;

namespace LieConv.Tests.Dynamics.Networks;

[Collection("Serial")]
public sealed class OriginalDynamicsNamesTests
{
    public static TheoryData<string> Names => [.. Baseline.Names];

    [Theory]
    [InlineData("net.hidden.0.weight", "net.0.0.weight")]
    [InlineData("net.hidden.1.bias", "net.1.0.bias")]
    [InlineData("net.output.bias", "net.2.bias")]
    [InlineData("net.layers.1.edges.linears.0.weight", "gnlayers.1.layer.edge_model.edge_mlp.0.weight")]
    [InlineData("net.layers.0.nodes.linears.1.bias", "gnlayers.0.layer.node_model.node_mlp.2.bias")]
    [InlineData("net.layers.0.globals.linears.1.weight", "gnlayers.0.layer.global_model.global_mlp.2.weight")]
    [InlineData("position_head.weight", "qlinear.weight")]
    [InlineData("momentum_head.bias", "plinear.bias")]
    [InlineData("head.weight", "linear.weight")]
    public void FromOurs_KnownName_IsTheOriginals(string ours, string theirs) =>
        Assert.Equal(theirs, OriginalDynamicsNames.FromOurs(ours, layers: 2));

    [Theory]
    [MemberData(nameof(Names))]
    public void FromOurs_EveryParameterOfANetwork_HasANameOfItsOwn(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Baseline.Create(name);
        var names = network.state_dict().Keys.Select(key => OriginalDynamicsNames.FromOurs(key, 2)).ToList();
        Assert.NotEmpty(names);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.DoesNotContain(names, key => OriginalDynamicsNames.IsUnused(name.TrimEnd('2'), key));
    }

    [Fact]
    public void IsUnused_HeadsOfTheDirectNetwork_InItsHamiltonianFormsOnly()
    {
        Assert.True(OriginalDynamicsNames.IsUnused("HOGN", "qlinear.weight"));
        Assert.True(OriginalDynamicsNames.IsUnused("VOGN", "plinear.bias"));
        Assert.False(OriginalDynamicsNames.IsUnused("OGN", "qlinear.weight"));
        Assert.False(OriginalDynamicsNames.IsUnused("HOGN", "linear.weight"));
    }

    [Theory]
    [InlineData("colour.weight")]
    [InlineData("net.layers.0.edges.linears.2.weight")]
    public void FromOurs_UnknownName_IsOneSentence(string name) => Assert.StartsWith(
        $"{name} is not a parameter of a baseline.",
        Assert.Throws<ArgumentException>(() => OriginalDynamicsNames.FromOurs(name, 2)).Message);
}
