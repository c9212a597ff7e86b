using LieConv.Numerics;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Models.Graph;

/// <summary>
/// One round of messages of a graph network (Battaglia et al. 2018): new edges from their two ends, new nodes from the
/// sum of the edges that enter them, new globals from the sums of both.
/// </summary>
internal sealed class GraphLayer : nn.Module
{
    [ComponentName(Name = "edges")] private readonly GraphPerceptron _edges;
    [ComponentName(Name = "nodes")] private readonly GraphPerceptron _nodes;
    [ComponentName(Name = "globals")] private readonly GraphPerceptron _globals;

    /// <summary>Creates the layer with PyTorch's default initialisation.</summary>
    /// <param name="nodes">Features of a node.</param>
    /// <param name="others">Features of an edge and of the whole graph.</param>
    /// <param name="channels">Features of each afterwards.</param>
    public GraphLayer(int nodes, int others, int channels) : base(nameof(GraphLayer))
    {
        _edges = new GraphPerceptron(2 * nodes + 2 * others, channels);
        _nodes = new GraphPerceptron(nodes + channels + others, channels);
        _globals = new GraphPerceptron(others + 2 * channels, channels);
        RegisterComponents();
    }

    /// <summary>Element type of the parameters.</summary>
    public Tensor Parameter => _edges.Parameter;

    /// <summary>Passes messages.</summary>
    /// <param name="graph">Graphs of n particles.</param>
    /// <param name="withGlobals">Whether new globals are wanted; without, the old ones stay.</param>
    public ParticleGraph Pass(ParticleGraph graph, bool withGlobals)
    {
        var (nodes, globals) = (graph.Nodes, graph.Globals);
        var edges = _edges.Apply(
            nodes.unsqueeze(1), nodes.unsqueeze(2), graph.Edges, globals.unsqueeze(1).unsqueeze(1));  // (b, n, n, k)
        if (graph.EdgePadding is not null) edges = edges.masked_fill(graph.EdgePadding, Scalars.Of(0));
        var entering = edges.sum(2);                                                                  // (b, n, k)
        var after = _nodes.Apply(nodes, entering, globals.unsqueeze(1));
        if (graph.NodePadding is not null) after = after.masked_fill(graph.NodePadding, Scalars.Of(0));
        if (withGlobals) globals = _globals.Apply(globals, entering.sum(1), after.sum(1));            // (b, k)
        return graph with { Nodes = after, Edges = edges, Globals = globals };
    }
}
