using LieConv.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// The kernel network. It gives zero for padding where the original gives what its biases make of it; gradients through
/// padding are compared with the twin, whose own are compared with the stored ones.
/// </summary>
public sealed class KernelNetworkFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_weightnet");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var config = run.Config;
        using var network = new KernelNetwork(
            (int)run.Array("in.abq").shape[^1], config.Bool("bn"), config.Activation(),
            config.Number("momentum", MaskedBatchNorm.Momentum), config.Whole("hidden", KernelNetwork.HiddenUnits),
            config.Whole("out", KernelNetwork.Outputs));
        network.to(run.Dtype);
        OriginalWeights.Kernel.Load(network, run);
        network.train(config.Bool("train"));

        var (mask, cot) = (run.Array("in.mask"), run.Array("cot.0"));
        var padding = mask.logical_not().unsqueeze(-1);
        var relative = run.Leaf("in.abq");
        var kernel = network.call(relative, mask);
        (kernel * cot).sum().backward();
        run.CheckRight("out.weights", kernel, run.Array("out.weights").masked_fill(padding, 0));
        OriginalWeights.Kernel.CheckChanges(network, run);

        var original = Gradients(run, cot);
        var right = Gradients(run, cot.masked_fill(padding, 0));
        foreach (var (name, stored) in original) run.Check(name, stored);
        run.CheckRight("g.in.abq", relative.grad!, right["g.in.abq"]);
        foreach (var (name, parameter) in network.named_parameters())
        {
            var stored = "g.w." + OriginalWeights.Kernel.Their(name);
            if (!right.TryGetValue(stored, out var gradient)) continue;
            // Without padding in the loss, batch norms take every bias in front of them away.
            var vanishes = config.Bool("bn") && config.Bool("train")
                && stored.EndsWith("module.bias", StringComparison.Ordinal);
            if (vanishes) run.CheckVanishes(stored, OriginalWeights.GradientOf(parameter));
            else run.CheckRight(stored, OriginalWeights.GradientOf(parameter), gradient);
        }
    }

    private static Dictionary<string, Tensor> Gradients(CaseRun run, Tensor cot)
    {
        var twin = OriginalTwin.Of(run);
        var relative = run.Leaf("in.abq");
        (twin.Kernel(relative, run.Array("in.mask"), "") * cot).sum().backward();
        var gradients = twin.Weights.Where(item => run.Has("g.w." + item.Key))
            .ToDictionary(item => "g.w." + item.Key, item => OriginalWeights.GradientOf(item.Value));
        gradients["g.in.abq"] = relative.grad!;
        return gradients;
    }
}
