using LieConv.Groups;
using LieConv.Models;
using LieConv.Randomness;
using LieConv.Tests.Parity.Format;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Synthetic;

/// <summary>Cases of HLieResNet and FLieResNet from the twin: the original's layers in plain operations, its energy
/// differentiated by autograd.</summary>
internal static class DynamicsTwin
{
    /// <summary>A case.</summary>
    /// <param name="group">The group, as a case names it.</param>
    /// <param name="options">Network, mean, bn and so on as a JSON object without group.</param>
    /// <param name="systems">Systems b.</param>
    /// <param name="particles">Particles n.</param>
    /// <param name="parameters">Numbers of a particle.</param>
    public static GoldenCase Of(string group, string options, int systems, int particles, int parameters)
    {
        var text = $$"""{"group":{{group}},{{options.Trim('{', '}')}}}""";
        using var json = System.Text.Json.JsonDocument.Parse(text);
        var config = new CaseConfig(json.RootElement);
        var (known, hamiltonian) = (GroupOfCase.Of(config), config.Text("network").StartsWith('H'));
        var layers = config.Whole("num_layers", 4);
        random.manual_seed(7);
        using var network = new LieResNet(known, new LieResNetOptions
        {
            Inputs = parameters + (hamiltonian ? 0 : known.PointDim), Outputs = hamiltonian ? 1 : 2 * known.PointDim,
            Layers = layers, Channels = [.. config.Numbers("k").Select(k => (int)k)],
            Block = new() { BatchNorm = config.Bool("bn") },
            Pool = hamiltonian, FillFractions = [1],
        });
        var weights = SyntheticCase.Weights(network, layers);
        foreach (var (key, value) in weights.Where(item => !item.Key.EndsWith(".r", StringComparison.Ordinal)))
        {
            if (key.EndsWith("running_var", StringComparison.Ordinal)) value.uniform_(0.5, 1.5);
            if (!key.Contains("running", StringComparison.Ordinal)) value.requires_grad_();
        }
        var twin = new OriginalTwin(
            weights, config.Bool("train"), config.Bool("bn"), config.Activation() == LieConv.Kernels.Activation.Relu,
            config.Bool("mean", true));
        var dimensions = known.PointDim;
        var z = (randn([systems, 2 * particles * dimensions], dtype: ScalarType.Float64) * 0.4).requires_grad_();
        var sysP = (rand([systems, particles, parameters], dtype: ScalarType.Float64) + 0.5).requires_grad_();
        var cot = randn_like(z).detach();
        var slope = hamiltonian ? Hamilton(twin, known, config, layers, z, sysP) : Direct(twin, known, layers, z, sysP);
        (slope * cot).sum().backward();

        var arrays = weights.ToDictionary(item => "w." + item.Key, item => item.Value);
        foreach (var (key, value) in weights.Where(item => item.Value.grad is not null))
            arrays["g.w." + key] = value.grad!;
        (arrays["in.z"], arrays["in.sysP"], arrays["cot.0"], arrays["out.dzdt"]) = (z, sysP, cot, slope);
        (arrays["g.in.z"], arrays["g.in.sysP"]) = (z.grad!, sysP.grad ?? zeros_like(sysP));
        return SyntheticCase.Of(hamiltonian ? "D_hlieresnet_twin" : "D_flieresnet_twin", text, arrays);
    }

    private static Tensor Hamilton(
        OriginalTwin twin, LieGroup group, CaseConfig config, int layers, Tensor z, Tensor sysP)
    {
        var state = z.view(z.shape[0], 2, sysP.shape[1], -1);
        var q = state.select(1, 0);
        if (config.Bool("center", true)) q = q - q.mean([1L], keepdim: true);
        var potential = Values(twin, group, layers, q, sysP, pool: true).squeeze(-1);
        var kinetic = (state.select(1, 1).square().sum(-1) / sysP.select(-1, 0)).sum(-1) / 2;
        var slope = autograd.grad([(kinetic + potential).sum()], [z], retain_graph: true, create_graph: true)[0].chunk(2, 1);
        return cat([slope[1], -slope[0]], 1);
    }

    private static Tensor Direct(OriginalTwin twin, LieGroup group, int layers, Tensor z, Tensor sysP)
    {
        var state = z.view(z.shape[0], 2, sysP.shape[1], -1);
        var q = state.select(1, 0);
        q = q - q.mean([1L], keepdim: true);
        var slopes = Values(twin, group, layers, q, cat([sysP, state.select(1, 1)], -1), pool: false).chunk(2, -1);
        return cat([slopes[0].flatten(1), slopes[1].flatten(1)], 1);
    }

    /// <summary>The residual network on all pairs.</summary>
    private static Tensor Values(OriginalTwin twin, LieGroup group, int layers, Tensor q, Tensor values, bool pool)
    {
        var (b, n) = (q.shape[0], q.shape[1]);
        var elements = group.Lift(q, null, LiftOptions.Default, NoDraws.Instance);
        var all = arange(n, dtype: ScalarType.Int64).expand(b, n, n);
        var (one, every) = (ones([b, n], ScalarType.Bool), ones([b, n, n], ScalarType.Bool));
        var flow = (Pairs: group.Relative(elements.Queries(), elements.Support()),
            Values: twin.Linear(values, "net.0.module."), Mask: one);
        for (var block = 0; block < layers; block++)
            flow = twin.Block(flow, null, null, all, every, $"net.{block + 1}.");
        return twin.Head(flow.Values, flow.Mask, layers, pool);
    }
}
