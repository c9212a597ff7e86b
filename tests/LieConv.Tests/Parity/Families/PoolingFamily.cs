using LieConv.Kernels;
using LieConv.Layers;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>Global pooling and the activation.</summary>
public sealed class PoolingFamily : CaseFamily
{
    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "B_pool");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        Pool(run, "mean", run.Array("in.mask"), mean: true);
        Pool(run, "sum", run.Array("in.mask"), mean: false);
        Pool(run, "unmasked_pair", null, mean: true);
        if (!run.Has("out.swish")) return;
        var x = run.Leaf("in.x");
        var y = Activation.Swish.Apply(x);
        y.sum().backward();
        run.Check("out.swish", y);
        run.Check("g.swish.in.x", x.grad!);
    }

    private static void Pool(CaseRun run, string kind, Tensor? mask, bool mean)
    {
        if (!run.Has("out." + kind)) return;
        var values = run.Leaf("in.vals");
        var pooled = GlobalPooling.Pool(values.unsqueeze(2), mask, mean).squeeze(1);
        (pooled * run.Array("cot.0")).sum().backward();
        // The original's mean of no points is 0 / 0; here it is zero.
        var empty = mask?.any(1).logical_not().unsqueeze(-1);
        if (mean && empty?.any().item<bool>() == true)
            run.CheckRight("out." + kind, pooled, run.Array("out." + kind).masked_fill(empty, 0));
        else
            run.Check("out." + kind, pooled);
        if (run.Has($"g.{kind}.in.vals")) run.Check($"g.{kind}.in.vals", values.grad!);
    }
}
