using System.Reflection;
using TorchSharp;

namespace LieConv.Tests.Support;

public sealed class NoTensorLeaksTests
{
    private static readonly MethodInfo Self = typeof(NoTensorLeaksTests).GetMethod(nameof(After_TensorKept_Fails))!;

    [Fact]
    [NoTensorLeaks]
    public void After_EverythingInAScope_Passes()
    {
        using var scope = torch.NewDisposeScope();
        _ = torch.ones(3) + torch.zeros(3);
    }

    [Fact]
    public void After_TensorKept_Fails()
    {
        var attribute = new NoTensorLeaksAttribute();
        attribute.Before(Self, null!);
        using var outer = torch.NewDisposeScope();
        _ = torch.ones(3);

        var failure = Assert.Throws<InvalidOperationException>(() => attribute.After(Self, null!));
        Assert.Contains("left 1 tensors alive", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_TensorOutsideAnyScopeKept_Fails()
    {
        var attribute = new NoTensorLeaksAttribute();
        attribute.Before(Self, null!);
        using var kept = torch.ones(3);

        Assert.Throws<InvalidOperationException>(() => attribute.After(Self, null!));
    }
}
