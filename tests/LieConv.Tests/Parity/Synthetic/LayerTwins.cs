using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Layers;
using LieConv.Models;
using LieConv.Randomness;
using LieConv.Tests.Parity.Format;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Synthetic;

/// <summary>Cases of layers and small networks from formulas and from the twin.</summary>
internal static class LayerTwins
{
    /// <summary>Two training steps and an evaluation of a masked batch norm, by its definition.</summary>
    /// <param name="momentum">What the numbers are made with.</param>
    /// <param name="floor">What the numbers are made with.</param>
    /// <param name="said">The options that the case tells.</param>
    public static GoldenCase BatchNorm(double momentum, double floor, string said)
    {
        random.manual_seed(3);
        var mask = tensor(new[] { true, true, true, false, true, true, false, false, true }, [3, 3]);
        var arrays = new Dictionary<string, Tensor>
        {
            ["in.mask"] = mask, ["w.weight"] = rand([5], dtype: ScalarType.Float64) + 0.5,
            ["w.bias"] = randn([5], dtype: ScalarType.Float64), ["w.running_mean"] = zeros([5], ScalarType.Float64),
            ["w.running_var"] = ones([5], ScalarType.Float64),
        };
        var (average, spread) = (arrays["w.running_mean"], arrays["w.running_var"]);
        for (var step = 0; step < 2; step++)
        {
            var x = randn([3, 3, 5], dtype: ScalarType.Float64) * tensor([1.0, 0.01, 3, 1, 2]);
            var rows = x[mask];                                                                      // (6, 5)
            var (mean, variance) = (rows.mean([0L]), rows.var([0L], unbiased: false));
            average = (1 - momentum) * average + momentum * mean;
            spread = (1 - momentum) * spread + momentum * rows.var([0L], unbiased: true);
            (arrays[$"in.x{step}"], arrays[$"cot.{step}"]) = (x, randn_like(x));
            arrays[$"out.train{step}"] = Normalised(x, mean, variance);
            (arrays[$"out.running_mean{step}"], arrays[$"out.running_var{step}"]) = (average, spread);
        }
        arrays["out.eval"] = Normalised(arrays["in.x0"], average, spread);
        return SyntheticCase.Of("B_masked_batchnorm_formula", said, arrays);

        Tensor Normalised(Tensor x, Tensor mean, Tensor variance)
        {
            var ratio = arrays["w.weight"] / variance.clamp(min: floor).sqrt();
            return x.masked_fill(mask.logical_not().unsqueeze(-1), 0) * ratio + (arrays["w.bias"] - mean * ratio);
        }
    }

    /// <summary>A kernel network of any width in training.</summary>
    public static GoldenCase Kernel(int hidden, int outputs, string said)
    {
        random.manual_seed(4);
        using var network = new KernelNetwork(3, true, Activation.Relu, hiddenUnits: hidden, outputs: outputs);
        var weights = network.state_dict().ToDictionary(
            item => OriginalWeights.Kernel.Their(item.Key), item => item.Value.detach().to_type(ScalarType.Float64));
        var (x, mask) = (randn([2, 3, 4, 3], dtype: ScalarType.Float64), rand(2, 3, 4) > 0.3);
        var arrays = weights.ToDictionary(item => "w." + item.Key, item => item.Value);
        (arrays["in.abq"], arrays["in.mask"]) = (x, mask);
        arrays["cot.0"] = randn([2, 3, 4, outputs], dtype: ScalarType.Float64);
        x.requires_grad_();
        arrays["out.weights"] = new OriginalTwin(weights, true, true, true, true).Kernel(x, mask, "");
        (arrays["out.weights"] * arrays["cot.0"]).sum().backward();
        arrays["g.in.abq"] = x.grad!;
        return SyntheticCase.Of("B_weightnet_twin", said, arrays);
    }

    /// <summary>A residual network on sets of points with a ball that holds them all.</summary>
    /// <param name="said">Its options.</param>
    /// <param name="sizes">Valid points of each set.</param>
    public static GoldenCase ResNet(string said, params int[] sizes)
    {
        random.manual_seed(5);
        using var json = System.Text.Json.JsonDocument.Parse(said);
        var config = new CaseConfig(json.RootElement);
        var (group, layers, n) = (GroupOfCase.Of(config), config.Whole("num_layers", 6), sizes.Max());
        using var network = new LieResNet(group, new LieResNetOptions
        {
            Inputs = 3, Outputs = 2, Layers = layers, Channels = [.. config.Numbers("k").Select(k => (int)k)],
            Block = new() { BatchNorm = config.Bool("bn", true) },
        });
        var weights = SyntheticCase.Weights(network, layers);
        var twin = new OriginalTwin(
            weights, config.Bool("train", true), config.Bool("bn", true), config.Activation() == Activation.Relu,
            config.Bool("mean", true));
        var mask = stack([.. sizes.Select(size => arange(n) < size)]);
        var (points, values) = (
            randn([sizes.Length, n, group.PointDim], dtype: ScalarType.Float64) * 0.3,
            randn([sizes.Length, n, 3], dtype: ScalarType.Float64).requires_grad_());
        foreach (var (key, value) in weights)
            if (!key.EndsWith(".r", StringComparison.Ordinal) && !key.Contains("running", StringComparison.Ordinal))
                value.requires_grad_();
        var elements = group.Lift(points, null, LiftOptions.Default, NoDraws.Instance);
        var all = arange(n, dtype: ScalarType.Int64).expand(sizes.Length, n, n);
        var both = mask.unsqueeze(1).logical_and(mask.unsqueeze(2));
        var flow = (Pairs: group.Relative(elements.Queries(), elements.Support()),
            Values: twin.Linear(values, "net.0.module."), Mask: mask);
        for (var block = 0; block < layers; block++) flow = twin.Block(flow, null, null, all, both, $"net.{block + 1}.");
        var y = twin.Head(flow.Values, mask, layers, config.Bool("pool", true));
        var cot = randn_like(y).detach();
        (y * cot).sum().backward();

        var arrays = weights.ToDictionary(item => "w." + item.Key, item => item.Value);
        foreach (var (key, value) in weights.Where(item => item.Value.grad is not null))
            arrays["g.w." + key] = value.grad!;
        (arrays["in.pts"], arrays["in.vals"], arrays["in.mask"]) = (points, values, mask);
        (arrays["cot.0"], arrays["out.y"], arrays["g.in.vals"]) = (cot, y, values.grad!);
        for (var block = 0; block < layers; block++)
        {
            arrays[$"rnd.{block:00}_ball_uniform"] = rand(sizes.Length, n, n) * 0.9f + 0.05f;
            (arrays[$"mid.nbhd_idx_{block:00}"], arrays[$"mid.nbhd_mask_{block:00}"]) = (all, both);
        }
        return SyntheticCase.Of("D_lieresnet_twin", said, arrays);
    }

    /// <summary>One chunk of each trajectory, cut out by hand.</summary>
    public static GoldenCase Chunks(int size)
    {
        random.manual_seed(6);
        var states = randn([3, 12, size], dtype: ScalarType.Float64);
        var times = (arange(12, dtype: ScalarType.Float64) * 0.1).expand(3, 12).clone();
        long[] chosen = [2, 0, 3];
        Tensor Cut(Tensor whole) => stack([.. chosen.Select((c, i) => whole[i, (int)(3 * c)..(int)(3 * c + 3)])]);
        return SyntheticCase.Of("F_chunking_odd", """{"chunk_len":3,"traj_len":12,"bs":3}""", new Dictionary<string, Tensor>
        {
            ["in.ts"] = times, ["in.zs"] = states, ["rnd.00_chunk_randint"] = tensor(chosen),
            ["out.chosen_zs"] = Cut(states), ["out.chosen_ts"] = Cut(times), ["out.item1_z0"] = Cut(states)[1, 0],
            ["out.item1_ts"] = Cut(times)[1],
        });
    }
}
