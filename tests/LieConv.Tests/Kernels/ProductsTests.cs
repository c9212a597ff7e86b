using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Molecules;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Kernels;

/// <summary>Products in bfloat16 against float32: rounded, and by no more than bfloat16 rounds.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class ProductsTests
{
    /// <summary>Half a unit in the last of bfloat16's 8 digits is 2⁻⁹ of a number. Two factors and a result have one
    /// each, and a second derivative is a product of rounded products.</summary>
    private const double Bound = 1.0 / 128;

    [Theory]
    [InlineData(200, 160, 192)]
    [InlineData(4001, 33, 47)]
    public void Linear_Large_IsRoundedByNoMoreThanTheBound(int rows, int inputs, int outputs)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var (x, weight, bias) = (randn(rows, inputs), randn(outputs, inputs), randn(outputs));
        var (cotangent, direction) = (randn(rows, outputs), randn(rows, inputs));
        var exact = Derivatives(x, weight, bias, cotangent, direction, ProductPrecision.Full);
        var ours = Derivatives(x, weight, bias, cotangent, direction, ProductPrecision.Bfloat16);
        foreach (var (name, expected) in exact)
        {
            var actual = ours[name];
            Assert.Equal(ScalarType.Float32, actual.dtype);
            var error = ((actual - expected).norm() / expected.norm()).item<float>();
            Assert.True(error > 1e-5 && error < Bound, $"{name}: {error}");
        }
    }

    [Fact]
    public void Linear_Bias_IsNotRounded()
    {
        using var scope = NewDisposeScope();
        var bias = full(2048, 1 + 1.0 / 4096, ScalarType.Float32);
        var y = Products.Linear(zeros(64, 64), zeros(2048, 64), bias, ProductPrecision.Bfloat16);
        Assert.True(y.eq(bias).all().item<bool>());
    }

    [Theory]
    [InlineData(100, 100, ScalarType.Float32, ProductPrecision.Bfloat16)]
    [InlineData(300, 300, ScalarType.Float64, ProductPrecision.Bfloat16)]
    [InlineData(300, 300, ScalarType.Float32, ProductPrecision.Full)]
    public void Linear_SmallOrNotAskedFor_IsLibtorchsOwn(
        int rows, int size, ScalarType dtype, ProductPrecision precision)
    {
        using var scope = NewDisposeScope();
        var (x, weight) = (randn(rows, size, dtype: dtype), randn(size, size, dtype: dtype));
        var bias = randn(size, dtype: dtype);
        var difference = Products.Linear(x, weight, bias, precision) - nn.functional.linear(x, weight, bias);
        Assert.Equal(0, difference.count_nonzero().item<long>());
    }

    /// <summary>Packed and padded sets, the block's own products and those of the convolution.</summary>
    [Theory]
    [InlineData(true, NeighborhoodKind.Everything)]
    [InlineData(false, NeighborhoodKind.Everything)]
    [InlineData(true, NeighborhoodKind.Nearest)]
    public void Network_InBfloat16_DiffersByRoundingOnly(bool packed, NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        var batch = RandomMolecules.Of(ScalarType.Float32, [.. Enumerable.Range(0, 40).Select(i => 3 + i % 9)]);
        var exact = Trained(ProductPrecision.Full);
        var ours = Trained(ProductPrecision.Bfloat16);
        foreach (var (name, expected) in exact)
        {
            var error = ((ours[name] - expected).norm() / expected.norm()).item<float>();
            Assert.True(error is > 0 and < 0.05f, $"{name}: {error}");
        }

        Dictionary<string, Tensor> Trained(ProductPrecision products)
        {
            using var network = (MolecularLieResNet)RandomMolecules.Network("T3", new MolecularNetworkOptions
            {
                Channels = 256, Layers = 2,
                Block = MolecularNetworkOptions.UsualBlock with
                {
                    BatchNorm = false, Neighborhood = kind, SampleCount = 6, Products = products,
                },
            }, ScalarType.Float32);
            network.Network.LeastPadding = packed ? 0.05 : double.PositiveInfinity;
            var y = network.call(batch, NoDraws.Instance);
            y.square().sum().backward();
            var found = new Dictionary<string, Tensor> { ["output"] = y.detach() };
            foreach (var (name, parameter) in network.named_parameters())
                if (name.EndsWith("weight", StringComparison.Ordinal)) found[name] = parameter.grad!.clone();
            return found;
        }
    }

    [Fact]
    public void Network_TrainedInBfloat16_LearnsAndStaysFloat32()
    {
        using var scope = NewDisposeScope();
        random.manual_seed(2);
        using var network = new MolecularLieResNet(LieGroups.Parse("T3"), new MolecularNetworkOptions
        {
            Channels = 256, Layers = 2,
            Block = MolecularNetworkOptions.UsualBlock with { Products = ProductPrecision.Bfloat16 },
        });
        using var adam = optim.Adam(network.parameters(), 1e-3);
        var batch = RandomMolecules.Of(ScalarType.Float32, [.. Enumerable.Range(0, 60).Select(i => 3 + i % 9)]);
        var target = batch.Charges.to(ScalarType.Float32).sum(-1, keepdim: true) / 20;
        var losses = Enumerable.Range(0, 40).Select(_ =>
        {
            using var step = NewDisposeScope();
            adam.zero_grad();
            var loss = (network.call(batch, NoDraws.Instance) - target).square().mean();
            loss.backward();
            adam.step();
            return loss.item<float>();
        }).ToArray();
        Assert.True(losses[^1] < losses[0] / 3, $"{losses[0]} to {losses[^1]}");
        Assert.All(network.state_dict().Values, tensor => Assert.Equal(ScalarType.Float32, tensor.dtype));
    }

    /// <summary>The value, its three derivatives, and the derivatives of the first of these.</summary>
    private static Dictionary<string, Tensor> Derivatives(
        Tensor x, Tensor weight, Tensor bias, Tensor cotangent, Tensor direction, ProductPrecision precision)
    {
        (x, weight) = (x.detach().requires_grad_(), weight.detach().requires_grad_());
        bias = bias.detach().requires_grad_();
        var y = Products.Linear(x, weight, bias, precision);
        var first = autograd.grad(
            [(y.square() * cotangent).sum()], [x, weight, bias], retain_graph: true,
            create_graph: true);
        var second = autograd.grad([(first[0] * direction).sum()], [x, weight]);
        return new Dictionary<string, Tensor>
        {
            ["value"] = y.detach(), ["x"] = first[0].detach(), ["weight"] = first[1].detach(),
            ["bias"] = first[2].detach(), ["x x"] = second[0], ["x weight"] = second[1],
        };
    }
}
