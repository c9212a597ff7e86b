using LieConv.Models;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Reference;

/// <summary>
/// The parameters of one of our networks by key. Parameters are the network's own; statistics and radii are copies,
/// which the reference moves by itself.
/// </summary>
internal sealed class ReferenceState : IDisposable
{
    private readonly Dictionary<string, Tensor> _parameters;
    private readonly Dictionary<string, Tensor> _buffers;

    /// <summary>Takes the parameters and copies the buffers.</summary>
    public ReferenceState(LieResNet network)
    {
        _parameters = network.named_parameters().ToDictionary(p => p.name, p => (Tensor)p.parameter);
        _buffers = network.named_buffers().ToDictionary(
            b => b.name, b => b.buffer.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>A parameter.</summary>
    public Tensor Parameter(string key) => _parameters[key];

    /// <summary>A copied buffer; changed in place.</summary>
    public Tensor Buffer(string key) => _buffers[key];

    /// <summary>Whether there is a parameter of this key.</summary>
    public bool Has(string key) => _parameters.ContainsKey(key);

    /// <summary>Applies the linear layer of a key, x Wᵀ + b.</summary>
    public Tensor Linear(string key, Tensor x) =>
        nn.functional.linear(x, _parameters[key + ".weight"], _parameters[key + ".bias"]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var buffer in _buffers.Values) buffer.Dispose();
    }
}
