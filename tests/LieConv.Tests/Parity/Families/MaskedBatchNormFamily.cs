using LieConv.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// Masked batch norm: training steps one after another with the statistics after each, then evaluation. Padding comes
/// out as zero here and shifted in the original, so that gradients which pass through padding deviate: those are
/// compared with the twin, whose own gradients are compared with the stored ones.
/// </summary>
public sealed class MaskedBatchNormFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_masked_batchnorm");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (momentum, floor) = (
            run.Config.Number("momentum", MaskedBatchNorm.Momentum), run.Config.Number("eps", MaskedBatchNorm.Epsilon));
        using var layer = new MaskedBatchNorm((int)run.Array("w.weight").shape[0], null, momentum, floor);
        layer.to(run.Dtype);
        Load(layer, run);
        layer.train();
        if (run.Has("in.x")) Step(run, layer, "in.x", "cot.0", "", "g.");
        for (var step = 0; run.Has($"in.x{step}"); step++)
            Step(run, layer, $"in.x{step}", $"cot.{step}", $"{step}", $"g.{step}.");
        layer.eval();
        if (run.Has("out.eval")) Step(run, layer, "in.x0", "cot.0", "eval", "g.eval.");
        foreach (var name in run.Names("out.num_batches").ToArray()) run.Leave(name, "a counter that never moves");
    }

    private static void Load(MaskedBatchNorm layer, CaseRun run)
    {
        using var off = no_grad();
        foreach (var (name, target) in layer.state_dict()) target.copy_(run.Array("w." + name));
    }

    private static void Step(
        CaseRun run, MaskedBatchNorm layer, string input, string cotangent, string suffix, string gradients)
    {
        var outputs = suffix == "eval" ? "out.eval" : "out.train" + suffix;
        var (mask, cot) = (run.Array("in.mask"), run.Array(cotangent));
        var padding = mask.logical_not().unsqueeze(-1);
        var padded = padding.any().item<bool>();
        var twin = new Twin(run, layer);
        var variance = layer.state_dict()["running_var"].detach().clone();

        var x = run.Leaf(input);
        layer.zero_grad();
        var y = layer.call(x, mask);
        (y * cot).sum().backward();
        if (padded) run.CheckRight(outputs, y, run.Array(outputs).masked_fill(padding, 0));
        else run.Check(outputs, y);
        foreach (var name in new[] { "running_mean", "running_var" })
        {
            if (!run.Has($"out.{name}{suffix}")) continue;
            // Of a single row the original's unbiased variance is 0 / 0; here such a batch leaves it alone.
            var undefined = name == "running_var" && layer.training && mask.sum().item<long>() == 1;
            if (undefined) run.CheckRight($"out.{name}{suffix}", layer.state_dict()[name], variance);
            else run.Check($"out.{name}{suffix}", layer.state_dict()[name]);
        }

        var ours = layer.named_parameters().ToDictionary(
            item => "w." + item.name, item => OriginalWeights.GradientOf(item.parameter));
        ours["in.x"] = x.grad!;
        var original = twin.Gradients(run.Array(input), mask, cot);
        var right = twin.Gradients(run.Array(input), mask, cot.masked_fill(padding, 0));
        foreach (var (name, gradient) in ours.Where(item => run.Has(gradients + item.Key)))
        {
            if (!padded)
            {
                run.Check(gradients + name, gradient);
                continue;
            }
            run.Check(gradients + name, original[name]);
            run.CheckRight(gradients + name, gradient, right[name]);
        }
    }

    /// <summary>The original's formula at the statistics before the step.</summary>
    private sealed class Twin
    {
        private readonly Dictionary<string, Tensor> _state;
        private readonly bool _training;
        private readonly double _floor;

        public Twin(CaseRun run, MaskedBatchNorm layer)
        {
            _state = layer.state_dict().ToDictionary(item => item.Key, item => item.Value.detach().clone());
            _training = layer.training;
            _floor = run.Config.Number("eps", MaskedBatchNorm.Epsilon);
            foreach (var name in run.Names("w.").Select(name => name[2..]).Where(name => _state.ContainsKey(name)))
                if (name is "weight" or "bias") _state[name].requires_grad_();
        }

        public Dictionary<string, Tensor> Gradients(Tensor x, Tensor mask, Tensor cot)
        {
            var leaf = x.detach().clone().requires_grad_();
            foreach (var name in new[] { "weight", "bias" }) _state[name] = _state[name].detach().clone().requires_grad_();
            var twin = new OriginalTwin(
                _state, _training, batchNorm: true, relu: false, mean: true, floor: _floor);
            (twin.BatchNorm(leaf, mask, "") * cot).sum().backward();
            return new()
            {
                ["in.x"] = leaf.grad!, ["w.weight"] = _state["weight"].grad!, ["w.bias"] = _state["bias"].grad!,
            };
        }
    }
}
