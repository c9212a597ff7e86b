using LieConv.Kernels;
using LieConv.Numerics;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// The network that maps a relative coordinate to the kernel: an MLP (d + 2q) → 32 → 32 → 16 with an activation, and
/// optionally batch normalisation, after each linear layer. Its 16 outputs combine with the values as in PointConv
/// (Wu et al. 2019; appendix A.1 of Finzi et al. 2020).
/// </summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class KernelNetwork : nn.Module<Tensor, Tensor?, Tensor>
{
    /// <summary>Units of the hidden layers, unless another number is given.</summary>
    public const int HiddenUnits = KernelUnits.Hidden;

    /// <summary>Numbers that describe the kernel at one relative coordinate, unless another number is given.</summary>
    public const int Outputs = KernelUnits.Outputs;

    private readonly Activation _activation;
    private readonly bool _isUsual;
    [ComponentName(Name = "linears")] private readonly ModuleList<Linear> _linears;
    [ComponentName(Name = "norms")] private readonly ModuleList<MaskedBatchNorm> _norms;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Relative coordinates d + 2q, and functions of distances.</param>
    /// <param name="batchNorm">Whether each linear layer is followed by batch normalisation.</param>
    /// <param name="activation">The nonlinearity.</param>
    /// <param name="momentum">Weight of the newest batch in the norms' running statistics, 0 to 1.</param>
    /// <param name="hiddenUnits">Units of the hidden layers; a convolution has <see cref="HiddenUnits"/>.</param>
    /// <param name="outputs">Numbers that describe the kernel; in a convolution <see cref="Outputs"/>.</param>
    /// <exception cref="ArgumentException">If a number is out of range.</exception>
    public KernelNetwork(
        int inputs, bool batchNorm, Activation activation, double momentum = MaskedBatchNorm.Momentum,
        int hiddenUnits = HiddenUnits, int outputs = Outputs) : base(nameof(KernelNetwork))
    {
        if (hiddenUnits < 1 || outputs < 1)
            throw new ArgumentException(
                $"A kernel network of {hiddenUnits} hidden units and {outputs} outputs; expected at least 1 of each.");
        (_activation, _isUsual) = (activation, hiddenUnits == HiddenUnits && outputs == Outputs);
        int[] widths = [inputs, hiddenUnits, hiddenUnits, outputs];
        var layers = widths.Length - 1;
        _linears = new([.. Enumerable.Range(0, layers).Select(i => nn.Linear(widths[i], widths[i + 1]))]);
        _norms = new([.. Enumerable.Range(0, batchNorm ? layers : 0).Select(
            i => new MaskedBatchNorm(widths[i + 1], activation, momentum))]);
        RegisterComponents();
    }

    /// <summary>Evaluates the kernel.</summary>
    /// <param name="relative">Relative coordinates, shape (g, m, k, d + 2q).</param>
    /// <param name="mask">Which neighbours count, shape (g, m, k); null where all count.</param>
    /// <returns>Kernel values, zero where the mask is false, shape (g, m, k, 16).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public override Tensor forward(Tensor relative, Tensor? mask)
    {
        Guard.LastDimension(relative, (int)_linears[0].in_features, nameof(KernelNetwork), nameof(relative));
        Guard.HasDtype(relative, _linears[0].weight!, nameof(relative));
        Guard.IsRowMask(mask, relative.shape.AsSpan(..^1), nameof(mask), relative);
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(TakesFusedPath(relative) ? Fused(relative, mask) : Plain(relative, mask));
    }

    /// <summary>In training, the gradient of the coordinates is a force or a flow that is differentiated again: the fused
    /// path would go through the plain one for it, and only add its own forward pass.</summary>
    private bool TakesFusedPath(Tensor relative) =>
        _isUsual && FusedKernelNetwork.Supports(relative) && !(training && is_grad_enabled() && relative.requires_grad);

    /// <summary>Layer by layer: what the network is.</summary>
    internal Tensor Plain(Tensor relative, Tensor? mask)
    {
        var x = relative;
        for (var i = 0; i < _linears.Count; i++)
        {
            x = _linears[i].call(x);
            x = _norms.Count > 0 ? _norms[i].call(x, mask) : _activation.Apply(x);
        }
        return mask is null ? x : x.masked_fill(mask.logical_not().unsqueeze(-1), Scalars.Of(0));
    }

    /// <summary>The same as one operation, whose statistics the norms then track.</summary>
    internal Tensor Fused(Tensor relative, Tensor? mask)
    {
        var (hasNorm, ofBatch) = (_norms.Count > 0, _norms.Count > 0 && training);
        var count = ofBatch ? MaskedBatchNorm.ValidRows(relative, mask) : 0;
        var call = new KernelCall(_activation, hasNorm, ofBatch, count);
        var (mean, variance) = !hasNorm ? (null, null)
            : ofBatch ? (empty(KernelCall.AllUnits, ScalarType.Float32), empty(KernelCall.AllUnits, ScalarType.Float32))
            : (cat([.. _norms.Select(norm => norm.RunningMean)]), cat([.. _norms.Select(norm => norm.RunningVariance)]));
        var result = FusedKernelNetwork.Apply(relative, mask, [.. Parameters()], mean, variance, call);
        for (var i = 0; ofBatch && i < _norms.Count; i++)
        {
            var (start, units) = KernelCall.Units(i);
            _norms[i].Track(mean!.narrow(0, start, units), variance!.narrow(0, start, units), count);
        }
        return result;
    }

    /// <summary>By layer: weight, bias, and where there is a norm its weight and bias.</summary>
    internal IEnumerable<Tensor> Parameters()
    {
        for (var i = 0; i < _linears.Count; i++)
        {
            yield return _linears[i].weight!;
            yield return _linears[i].bias!;
            if (_norms.Count == 0) continue;
            yield return _norms[i].Weight;
            yield return _norms[i].Bias;
        }
    }
}
