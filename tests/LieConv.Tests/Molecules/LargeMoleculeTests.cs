using LieConv.Layers;
using LieConv.Molecules;
using LieConv.Neighbours;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Molecules;

/// <summary>Kernels of some queries at a time give what all at once give.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class LargeMoleculeTests
{
    [Theory]
    [InlineData("T3", NeighborhoodKind.Everything, 1, ScalarType.Float64, 260, 300)]
    [InlineData("T3", NeighborhoodKind.Everything, 1, ScalarType.Float32, 400)]
    [InlineData("SE3 Weighted", NeighborhoodKind.Everything, 1, ScalarType.Float64, 150, 160)]
    [InlineData("SE3", NeighborhoodKind.Everything, 2, ScalarType.Float64, 150, 120)]
    [InlineData("T3", NeighborhoodKind.Nearest, 1, ScalarType.Float64, 900, 800)]
    public void Forward_InBlocks_GivesWhatAllAtOnceGives(
        string label, NeighborhoodKind kind, int lifts, ScalarType dtype, params int[] sizes)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var network = RandomMolecules.Network(label, RandomMolecules.Small with
        {
            Block = RandomMolecules.Small.Block with
            {
                Neighborhood = kind, LiftSamples = lifts, SampleCount = 400, BatchNorm = true,
            },
            Fill = 1, Recentre = true,
        }, dtype);
        var molecules = RandomMolecules.Of(dtype, sizes);
        var layers = network.modules().OfType<LieConvLayer>().ToArray();
        Assert.NotEmpty(layers);
        Tensor Predict(long mostKernels)
        {
            foreach (var layer in layers) layer.MostKernels = mostKernels;
            using var generator = new Generator(3);
            return network.call(molecules, new GeneratorDraws(generator));
        }
        var (whole, blocks) = (Predict(long.MaxValue), Predict(1));
        var tolerance = dtype == ScalarType.Float64 ? 1e-12 : 1e-5;
        Assert.InRange(RandomMolecules.Difference(whole, blocks) / whole.abs().max().to(ScalarType.Float64).item<double>(), 0, tolerance);
    }

    [Fact]
    public void Forward_WhereSomethingIsDifferentiated_TakesNoBlocks()
    {
        using var scope = NewDisposeScope();
        using var network = RandomMolecules.Network("T3");
        foreach (var layer in network.modules().OfType<LieConvLayer>()) layer.MostKernels = 1;
        var (energies, forces) = MolecularForces.Compute(network, RandomMolecules.Of(ScalarType.Float64, 5), NoDraws.Instance);
        Assert.Equal(1, energies.shape[0]);
        Assert.True(forces.abs().max().item<double>() > 0);
    }
}
