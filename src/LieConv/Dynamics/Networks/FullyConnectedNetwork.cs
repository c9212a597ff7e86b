using LieConv.Kernels;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Dynamics.Networks;

/// <summary>Hidden layers with swish, then a linear layer.</summary>
internal sealed class FullyConnectedNetwork : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "hidden")] private readonly ModuleList<Linear> _hidden;
    [ComponentName(Name = "output")] private readonly Linear _output;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    public FullyConnectedNetwork(int inputs, int channels, int layers, int outputs)
        : base(nameof(FullyConnectedNetwork))
    {
        _hidden = new([.. Enumerable.Range(0, layers).Select(i => nn.Linear(i == 0 ? inputs : channels, channels))]);
        _output = nn.Linear(layers == 0 ? inputs : channels, outputs);
        RegisterComponents();
    }

    /// <summary>Element type of the parameters.</summary>
    public Tensor Parameter => _output.weight!;

    /// <summary>Rows (b, inputs) to rows (b, outputs).</summary>
    public override Tensor forward(Tensor input)
    {
        var x = input;
        foreach (var linear in _hidden) x = Activation.Swish.Apply(linear.call(x));
        return _output.call(x);
    }
}
