using LieConv.Groups;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>Products of very many rotations stay rotations: matrices with RᵀR = 1.</summary>
public sealed class LongProductsTests
{
    [Theory]
    [InlineData("SO3", ScalarType.Float32), InlineData("SO3", ScalarType.Float64)]
    [InlineData("SE3", ScalarType.Float32), InlineData("SE3[0,1,2]", ScalarType.Float32)]
    public void Compose_FiveThousandTimes_StaysARotation(string name, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var group = LieGroups.Parse(name);
        var steps = group.Exp(randn([64, group.AlgebraDim], dtype: dtype, generator: new Generator(1)) * 0.3);
        var product = group.Identity(dtype, CPU).expand(64, group.ElementDim).clone();
        for (var i = 0; i < 5_000; i++)
        {
            using var step = NewDisposeScope();
            var next = step.MoveToOuter(group.Compose(product, steps));
            product.Dispose();
            product = next;
        }
        var linear = group.ToMatrix(product)[.., ..3, ..3].to(ScalarType.Float64);
        var defect = linear.transpose(-1, -2).matmul(linear) - eye(3, dtype: ScalarType.Float64);
        Assert.InRange(defect.abs().max().item<double>(), 0, 20 * finfo(dtype).eps);
    }

    /// <summary>Bringing the length back changes no derivative of what the rotation does: by differences.</summary>
    [Fact]
    public void Compose_Derivative_IsThatOfTheRotation()
    {
        using var scope = NewDisposeScope();
        var (group, generator) = (new SO3(), new Generator(2));
        var (a, b) = (randn([5, 3], dtype: ScalarType.Float64, generator: generator), randn([5, 3], dtype: ScalarType.Float64, generator: generator));
        var direction = randn([5, 3], dtype: ScalarType.Float64, generator: generator);
        Tensor Value(Tensor tangent) => group.Log(group.Compose(group.Exp(tangent), group.Exp(b))).square().sum();
        var input = a.clone().requires_grad_();
        Value(input).backward();
        var slope = (input.grad! * direction).sum().item<double>();
        const double h = 1e-6;
        var difference = (Value(a + direction * h) - Value(a - direction * h)).item<double>() / (2 * h);
        Assert.Equal(difference, slope, 1e-6);
    }
}
