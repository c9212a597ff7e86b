using LieConv.Kernels;
using LieConv.Numerics;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// What the place of a neighbour adds to its score: for each head an MLP of its own, (d + 2q) → w → w → 1, of the
/// relative coordinates that a convolution's kernel reads (location-based attention of Hutchinson et al. 2021, section
/// 3.2).
/// </summary>
/// <remarks>The last layer is linear, so that a place can lower a score as well as raise it.</remarks>
/// <threadsafety>Any number of threads may call one instance at once, unless it is being trained.</threadsafety>
public sealed class LocationNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Activation _activation;
    private readonly int _heads;
    [ComponentName(Name = "first")] private readonly Linear _first;
    [ComponentName(Name = "second")] private readonly Linear _second;
    [ComponentName(Name = "third")] private readonly Linear _third;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Relative coordinates d + 2q.</param>
    /// <param name="heads">Heads h.</param>
    /// <param name="units">Units w of the hidden layers of a head.</param>
    /// <param name="activation">The nonlinearity.</param>
    /// <exception cref="ArgumentException">If a number is out of range.</exception>
    public LocationNetwork(int inputs, int heads, int units, Activation activation) : base(nameof(LocationNetwork))
    {
        if (inputs < 1 || heads < 1 || units < 1)
            throw new ArgumentException(
                $"A location network of {inputs} coordinates, {heads} heads and {units} units; expected at least 1 " +
                "of each.");
        (_activation, _heads) = (activation, heads);
        // Layers of all heads in one: rows h·w of the weights are those of head h.
        _first = nn.Linear(inputs, heads * units);
        _second = nn.Linear(units, heads * units);
        _third = nn.Linear(units, heads);
        RegisterComponents();
    }

    /// <summary>Applies the network.</summary>
    /// <param name="relative">Relative coordinates, shape (..., d + 2q).</param>
    /// <returns>Scores, shape (..., h).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public override Tensor forward(Tensor relative)
    {
        Guard.LastDimension(relative, (int)_first.in_features, nameof(LocationNetwork), nameof(relative));
        Guard.HasDtype(relative, _first.weight!, nameof(relative));
        using var scope = NewDisposeScope();
        var units = _second.in_features;
        var x = _activation.Apply(_first.call(relative.reshape(-1, relative.shape[^1])));               // (P, h·w)
        var weight = _second.weight!.view(_heads, units, units).transpose(1, 2);
        x = x.view(-1, _heads, units).transpose(0, 1).bmm(weight) + _second.bias!.view(_heads, 1, units); // (h, P, w)
        x = (_activation.Apply(x) * _third.weight!.unsqueeze(1)).sum(-1) + _third.bias!.unsqueeze(-1);    // (h, P)
        return scope.MoveToOuter(x.transpose(0, 1).reshape([.. relative.shape[..^1], _heads]));
    }
}
