using TorchSharp;

namespace LieConv.Tests;

public sealed class SmokeTests
{
    [Fact]
    public void Libtorch_Loads() => Assert.Equal(3, torch.ones(3).sum().item<float>());
}
