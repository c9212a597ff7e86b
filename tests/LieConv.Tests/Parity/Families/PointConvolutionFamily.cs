using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Neighbours.Search;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// The original's PointConv, which is our convolution on translations with nearest neighbours; padded queries too have
/// neighbours there, which count in the batch norms, so the neighbourhood is built here.
/// </summary>
public sealed class PointConvolutionFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_pointconv");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var config = run.Config;
        var (points, values, mask) = (run.Leaf("in.pts"), run.Leaf("in.vals"), run.Array("in.mask"));
        var group = new Translation((int)points.shape[^1]);
        using var layer = new LieConvLayer(group, config.Whole("cin"), config.Whole("cout"), new LieConvOptions
        {
            Block = new()
            {
                BatchNorm = config.Bool("bn"), Mean = config.Bool("mean"),
                SampleCount = config.Count("mc_samples", 32), Activation = config.Activation(),
                NormMomentum = config.Number("momentum", MaskedBatchNorm.Momentum),
            },
        });
        layer.to(run.Dtype);
        OriginalWeights.Convolution.Load(layer, run);
        layer.train(config.Bool("train"));

        config.Require("ds_frac", 1);
        var elements = new LiftedElements(points, null);
        var (indices, found) = NeighborSelection.Nearest(
            Distances(points.detach(), config), mask.unsqueeze(1), config.Count("mc_samples", 32));
        var relative = group.Relative(elements.Queries(), new LiftedElements(Gather.Rows(points, indices), null));
        var convolved = layer.call(values.unsqueeze(2), new ChosenNeighborhood(indices, found, relative)).squeeze(2);
        var kept = convolved * mask.unsqueeze(-1);
        (kept * run.Array("cot.0")).sum().backward();
        run.Check("out.vals", kept);
        run.Check("g.in.vals", values.grad!);
        run.Check("g.in.pts", points.grad!);
        OriginalWeights.Convolution.CheckGradients(layer, run);
        OriginalWeights.Convolution.CheckChanges(layer, run);
    }

    /// <summary>Distances by the first coordinates, or by all.</summary>
    private static Tensor Distances(Tensor points, Format.CaseConfig config)
    {
        var dimensions = config.Whole("knn_channels", (int)points.shape[^1]);
        var seen = new LiftedElements(points.narrow(-1, 0, dimensions), null);
        return new Translation(dimensions).PairDistances(seen, seen);
    }
}
