using LieConv.Internal;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// The network that maps a relative coordinate to the kernel: an MLP (d + 2q) → 32 → 32 → 16 with an activation, and
/// optionally batch normalisation, after each linear layer. Its 16 outputs combine with the values as in PointConv
/// (Wu et al. 2019; appendix A.1 of Finzi et al. 2020).
/// </summary>
public sealed class KernelNetwork : nn.Module<Tensor, Tensor?, Tensor>
{
    /// <summary>Units of the hidden layers.</summary>
    public const int HiddenUnits = 32;

    /// <summary>Numbers that describe the kernel at one relative coordinate.</summary>
    public const int Outputs = 16;

    private readonly Activation _activation;
    [ComponentName(Name = "linears")] private readonly ModuleList<Linear> _linears;
    [ComponentName(Name = "norms")] private readonly ModuleList<MaskedBatchNorm> _norms;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Relative coordinates d + 2q.</param>
    /// <param name="batchNorm">Whether each linear layer is followed by batch normalisation.</param>
    /// <param name="activation">The nonlinearity.</param>
    public KernelNetwork(int inputs, bool batchNorm, Activation activation) : base(nameof(KernelNetwork))
    {
        _activation = activation;
        int[] widths = [inputs, HiddenUnits, HiddenUnits, Outputs];
        var layers = widths.Length - 1;
        _linears = new([.. Enumerable.Range(0, layers).Select(i => nn.Linear(widths[i], widths[i + 1]))]);
        _norms = new([.. Enumerable.Range(0, batchNorm ? layers : 0).Select(
            i => new MaskedBatchNorm(widths[i + 1], activation))]);
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
        Guard.HasDtype(relative, _linears[0].weight!.dtype, nameof(relative));
        Guard.IsRowMask(mask, relative.shape.AsSpan(..^1), nameof(mask));
        using var scope = NewDisposeScope();
        var x = relative;
        for (var i = 0; i < _linears.Count; i++)
        {
            x = _linears[i].call(x);
            x = _norms.Count > 0 ? _norms[i].call(x, mask) : _activation.Apply(x);
        }
        return scope.MoveToOuter(mask is null ? x : x.masked_fill(mask.logical_not().unsqueeze(-1), 0));
    }
}
