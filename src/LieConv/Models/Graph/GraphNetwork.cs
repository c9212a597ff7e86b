using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Models.Graph;

/// <summary>Layers of messages on the complete graph of the particles; any number of them, in any order.</summary>
internal sealed class GraphNetwork : nn.Module
{
    [ComponentName(Name = "layers")] private readonly ModuleList<GraphLayer> _layers;

    /// <summary>Creates the network with PyTorch's default initialisation.</summary>
    /// <param name="inputs">Features of a particle.</param>
    /// <param name="options">Channels and layers.</param>
    public GraphNetwork(int inputs, GraphOptions options) : base(nameof(GraphNetwork))
    {
        var k = options.Channels;
        _layers = new([.. Enumerable.Range(0, options.Layers).Select(
            i => i == 0 ? new GraphLayer(inputs, 1, k) : new GraphLayer(k, k, k))]);
        RegisterComponents();
    }

    /// <summary>One of the parameters, whose element type and device are those of all.</summary>
    public Tensor Parameter => _layers[0].Parameter;

    /// <summary>Features of the particles, 0 for padding, shape (b, n, k).</summary>
    /// <remarks>The last layer's globals reach no node and are not computed: their parameters get no gradient.
    /// </remarks>
    public Tensor Nodes(Tensor features, Tensor? mask) => Pass(features, mask, lastGlobals: false).Nodes;

    /// <summary>Features of the whole system, shape (b, k).</summary>
    public Tensor Globals(Tensor features, Tensor? mask) => Pass(features, mask, lastGlobals: true).Globals;

    private ParticleGraph Pass(Tensor features, Tensor? mask, bool lastGlobals)
    {
        var graph = ParticleGraph.Create(features, mask);
        for (var i = 0; i < _layers.Count; i++)
            graph = _layers[i].Pass(graph, withGlobals: lastGlobals || i + 1 < _layers.Count);
        return graph;
    }
}
