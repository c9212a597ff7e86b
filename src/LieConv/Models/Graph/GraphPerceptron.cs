using LieConv.Kernels;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Models.Graph;

/// <summary>Two linear layers with swish after each, on the concatenation of several parts.</summary>
internal sealed class GraphPerceptron : nn.Module
{
    [ComponentName(Name = "linears")] private readonly ModuleList<Linear> _linears;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Channels of all parts together.</param>
    /// <param name="channels">Units of both layers.</param>
    public GraphPerceptron(int inputs, int channels) : base(nameof(GraphPerceptron))
    {
        _linears = new([nn.Linear(inputs, channels), nn.Linear(channels, channels)]);
        RegisterComponents();
    }

    /// <summary>One of the parameters, whose element type and device are those of all.</summary>
    public Tensor Parameter => _linears[0].weight!;

    /// <summary>Applies the network.</summary>
    /// <remarks>A linear layer of a concatenation is the sum of linear layers of the parts. So a part is multiplied
    /// at its own size, the particles n times instead of n² times, and only the sums have the full size.</remarks>
    /// <param name="parts">Shapes (…, c) that broadcast, in the order of the concatenation.</param>
    /// <returns>Shape (…, channels).</returns>
    public Tensor Apply(params ReadOnlySpan<Tensor> parts)
    {
        var weight = _linears[0].weight!;
        var terms = new Tensor[parts.Length];
        var smallest = 0;
        for (var i = 1; i < parts.Length; i++) if (parts[i].numel() < parts[smallest].numel()) smallest = i;
        var offset = 0L;
        for (var i = 0; i < parts.Length; i++)
        {
            var width = parts[i].shape[^1];
            var bias = i == smallest ? _linears[0].bias : null;
            terms[i] = nn.functional.linear(parts[i], weight.narrow(1, offset, width), bias);
            offset += width;
        }
        // Small terms first, so that few additions run over the full size.
        Array.Sort([.. terms.Select(term => term.numel())], terms);
        var sum = terms[0];
        foreach (var term in terms.AsSpan(1)) sum += term;
        return Activation.Swish.Apply(_linears[1].call(Activation.Swish.Apply(sum)));
    }
}
