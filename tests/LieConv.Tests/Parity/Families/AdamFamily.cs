using LieConv.Groups;
using LieConv.Lifting;
using LieConv.Models;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// A few Adam steps of a classifier, each from the radius that the original had reached. Biases in front of a batch norm
/// have no gradient but round-off, which Adam blows up to full steps: in single precision they, and the running means
/// that follow them, are noise and left out.
/// </summary>
public sealed class AdamFamily : CaseFamily
{
    /// <summary>Arrays whose tolerance admits such noise carry no information.</summary>
    private const double Noise = 1e-3;

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "D_adam");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (config, draws) = (run.Config, new ReplayDraws(run));
        var group = OriginalScalings.ChoosingAsRecorded(GroupOfCase.Of(config));
        using var network = ResNetFamily.Network(run, group);
        var betas = config.Has("betas") ? config.Numbers("betas") : [0.9, 0.999];
        using var adam = optim.Adam(
            network.parameters(), config.Number("lr"), betas[0], betas[1], config.Number("eps", 1e-8),
            config.Number("weight_decay", 0), config.Bool("amsgrad"));
        var points = new PointSet(run.Array("in.pts"), run.Array("in.vals"), run.Array("in.mask"));
        config.Require("ds_frac", 1);
        config.Require("knn", false);
        var radii = new OriginalRadii(run, group, network);
        var losses = zeros_like(run.Array("out.losses"));
        for (var step = 0; step < losses.shape[0]; step++)
        {
            adam.zero_grad();
            radii.Restore();
            var loss = nn.functional.cross_entropy(network.call(points, draws), run.Array("in.label"));
            loss.backward();
            losses[step] = loss.detach();
            adam.step();
            radii.Follow(step);
        }
        run.Check("out.losses", losses);
        radii.Check();
        var weights = OriginalWeights.Network(network.Options.Layers);
        foreach (var (name, value) in network.state_dict().Where(item => !OriginalWeights.IsRadius(item.Key)))
        {
            foreach (var stored in OriginalWeights.Stored(weights.Their(name)).Where(run.Has))
            {
                var noise = run.SinglePrecision && run.Golden.Tolerance(true, stored) > Noise;
                if (noise) run.Leave(stored, "round-off blown up by Adam");
                else run.Check(stored, value);
            }
        }
    }

    /// <summary>
    /// The radii by the original's rule, which divides by the mean size of the padded sets, beside ours; both start each
    /// step from the original's. These networks do not subsample, so all blocks have one geometry.
    /// </summary>
    private sealed class OriginalRadii
    {
        private readonly CaseRun _run;
        private readonly LieResNet _network;
        private readonly LieGroup _group;
        private readonly ReplayDraws _lifts;
        private readonly double[] _radius;
        private readonly double[] _average;

        public OriginalRadii(CaseRun run, LieGroup group, LieResNet network)
        {
            (_run, _network, _group, _lifts) = (run, network, group, new ReplayDraws(run));
            var options = network.Options;
            _radius = [.. Now.Select(radius => radius.to_type(ScalarType.Float64).item<double>())];
            _average = [.. Enumerable.Range(0, options.Layers).Select(i => options.Convolution(i).FillFraction)];
        }

        private IReadOnlyList<Tensor> Now => [.. _network.Blocks.Select(block => block.Radius)];

        public void Restore()
        {
            using var off = no_grad();
            for (var block = 0; block < _radius.Length; block++) Now[block].fill_(_radius[block]);
        }

        public void Follow(int step)
        {
            var points = new PointSet(_run.Array("in.pts"), _run.Array("in.vals"), _run.Array("in.mask"));
            var lifted = _group.Lift(points, GroupOfCase.Lift(_run.Config), _lifts);
            var (mask, distances) = (lifted.Mask!, _group.PairDistances(lifted.Geometry, lifted.Geometry));
            for (var block = 0; block < _radius.Length; block++)
            {
                var fill = _network.Options.Convolution(block).FillFraction;
                var ours = Neighbours.AverageFill(distances, mask, mask, _radius[block]);
                var right = Neighbours.NextRadius(_radius[block], fill, ours);
                _run.CheckValue($"radius {block} after step {step}", Now[block], tensor(right), Radii.Tolerance);
                var pairs = mask.unsqueeze(1).logical_and(mask.unsqueeze(2)).logical_and(distances < _radius[block]);
                var count = mask.sum().item<long>();
                var filled = pairs.sum().item<long>() / (double)count / (count / (double)mask.shape[0]);
                _average[block] = Neighbours.NextAverage(_average[block], filled);
                _radius[block] += Neighbours.RadiusStep * (Math.Min(fill, 1) - filled);
            }
        }

        public void Check()
        {
            for (var block = 0; block < _radius.Length; block++)
            {
                foreach (var stored in OriginalWeights.Stored($"net.{block + 1}.conv.r").Where(_run.Has))
                    _run.CheckRight(stored, tensor(_radius[block]), _run.Reference(stored), Radii.Tolerance);
                var average = $"attr.net.{block + 1}.conv.fill_frac_ema";
                if (_run.Has(average))
                    _run.CheckRight(average, tensor(_average[block]), _run.Reference(average), Radii.Tolerance);
            }
        }
    }
}
