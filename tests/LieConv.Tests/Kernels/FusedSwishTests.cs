using LieConv.Kernels;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

/// <summary>The fused swish against libtorch's in double precision: value, first and second derivatives.</summary>
public sealed class FusedSwishTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1000)]
    [InlineData(100_003)]       // several tasks, and a rest that fills no vector
    public void Apply_AnySize_AgreesWithPlainPathInFloat64(int count)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Tensor Normal() => randn([count], dtype: ScalarType.Float32, generator: generator);
        var (x, weight, direction) = ((Normal() * 8).requires_grad_(), Normal(), Normal());
        Assert.SkipUnless(FusedSwish.Supports(x), "This machine has no 512-bit vectors.");
        var ours = Derivatives(x => FusedSwish.Apply(x), x, weight, direction);
        Tensor Double(Tensor t) => t.detach().to_type(ScalarType.Float64);
        var exact = Derivatives(
            x => nn.functional.silu(x), Double(x).requires_grad_(), Double(weight), Double(direction));
        for (var i = 0; i < exact.Length; i++)
        {
            var scale = Math.Max(exact[i].abs().max().item<double>(), 1);
            Assert.True((ours[i] - exact[i]).abs().max().item<double>() < 2e-6 * scale, $"derivative {i}");
        }
    }

    [Fact]
    public void Apply_FarFromZero_StaysFinite()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { -1e30f, -200f, -88f, 0f, 88f, 200f, 1e30f }).requires_grad_();
        Assert.SkipUnless(FusedSwish.Supports(x), "This machine has no 512-bit vectors.");
        var results = Derivatives(x => FusedSwish.Apply(x), x, ones_like(x), ones_like(x));
        Assert.All(results, result => Assert.True(result.isfinite().all().item<bool>()));
    }

    [Fact]
    public void Apply_TransposedInput_ReadsItRight()
    {
        using var scope = NewDisposeScope();
        var x = randn([7, 40], dtype: ScalarType.Float32).t();
        Assert.SkipUnless(FusedSwish.Supports(x), "This machine has no 512-bit vectors.");
        Assert.True((FusedSwish.Apply(x) - nn.functional.silu(x)).abs().max().item<float>() < 1e-6);
    }

    /// <summary>Third derivatives take the plain path.</summary>
    [Fact]
    public void Apply_DifferentiatedThreeTimes_AgreesWithLibtorch()
    {
        using var scope = NewDisposeScope();
        var x = linspace(-3, 3, 61, dtype: ScalarType.Float32).requires_grad_();
        Assert.SkipUnless(FusedSwish.Supports(x), "This machine has no 512-bit vectors.");
        Assert.True((Third(x => FusedSwish.Apply(x), x) - Third(x => nn.functional.silu(x), x)).abs().max().item<float>() < 1e-5);
    }

    private static Tensor Third(Func<Tensor, Tensor> function, Tensor x)
    {
        var current = function(x);
        for (var i = 0; i < 3; i++)
            current = autograd.grad([current.sum()], [x], retain_graph: true, create_graph: i < 2)[0];
        return current;
    }

    private static Tensor[] Derivatives(Func<Tensor, Tensor> function, Tensor x, Tensor weight, Tensor direction)
    {
        var y = function(x);
        var first = autograd.grad([(y * weight).sum()], [x], retain_graph: true, create_graph: true)[0];
        var second = autograd.grad([(first * direction).sum()], [x])[0];
        return [y.detach(), first.detach(), second];
    }
}
