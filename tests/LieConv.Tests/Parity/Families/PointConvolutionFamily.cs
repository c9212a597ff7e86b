using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
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
            BatchNorm = config.Bool("bn"), Mean = config.Bool("mean"), SampleCount = config.Whole("mc_samples"),
            Activation = config.Text("act", "swish") == "relu" ? Activation.Relu : Activation.Swish,
        });
        layer.to(run.Dtype);
        OriginalWeights.Convolution.Load(layer, run);
        layer.train(config.Bool("train"));

        var elements = new LiftedElements(points, null);
        var (indices, found) = NeighborSelection.Nearest(
            group.PairDistances(elements, elements).detach(), mask.unsqueeze(1), config.Whole("mc_samples"));
        var relative = group.Relative(elements.Queries(), new LiftedElements(Gather.Rows(points, indices), null));
        var convolved = layer.call(values.unsqueeze(2), new Neighborhood(indices, found, relative)).squeeze(2);
        var kept = convolved * mask.unsqueeze(-1);
        (kept * run.Array("cot.0")).sum().backward();
        run.Check("out.vals", kept);
        run.Check("g.in.vals", values.grad!);
        run.Check("g.in.pts", points.grad!);
        OriginalWeights.Convolution.CheckGradients(layer, run);
        OriginalWeights.Convolution.CheckChanges(layer, run);
    }
}
