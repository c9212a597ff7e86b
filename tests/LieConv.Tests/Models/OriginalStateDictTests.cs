using LieConv.Groups;
using LieConv.Models;
using static TorchSharp.torch;

namespace LieConv.Tests.Models;

public sealed class OriginalStateDictTests
{
    [Theory]
    [InlineData("embed.weight", "net.0.module.weight")]
    [InlineData("net.blocks.2.conv.radius", "net.3.conv.r")]
    [InlineData("blocks.0.conv.kernel.linears.1.bias", "net.1.conv.weightnet.3.module.bias")]
    [InlineData("blocks.0.conv.kernel.norms.2.running_var", "net.1.conv.weightnet.7.running_var")]
    [InlineData("blocks.1.conv.linear.weight", "net.2.conv.linear.weight")]
    [InlineData("blocks.1.narrow_norm.weight", "net.2.net.0.weight")]
    [InlineData("blocks.1.narrow.weight", "net.2.net.2.module.weight")]
    [InlineData("blocks.1.conv_norm.bias", "net.2.net.3.bias")]
    [InlineData("blocks.1.widen_norm.running_mean", "net.2.net.6.running_mean")]
    [InlineData("blocks.1.widen.bias", "net.2.net.8.module.bias")]
    [InlineData("head_norm.weight", "net.7.weight")]
    [InlineData("head.bias", "net.9.module.bias")]
    public void FromOurs_KnownName_IsTheOriginals(string ours, string theirs) =>
        Assert.Equal(theirs, OriginalStateDict.FromOurs(ours, layers: 6));

    [Fact]
    public void FromOurs_EveryParameterOfANetwork_HasANameOfItsOwn()
    {
        using var scope = NewDisposeScope();
        using var network = new ImageLieResNet(LieGroups.Parse("T2"), new ImageLieResNetOptions { Layers = 2, Channels = 8 });
        var names = network.state_dict().Keys.Select(name => OriginalStateDict.FromOurs(name, 2)).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.DoesNotContain(names, OriginalStateDict.IsRedundant);
    }

    [Fact]
    public void FromOurs_UnknownName_IsOneSentence() =>
        Assert.Contains("colour.weight", Assert.Throws<ArgumentException>(() => OriginalStateDict.FromOurs("colour.weight", 6)).Message);
}
