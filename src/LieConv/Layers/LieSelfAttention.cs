using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Neighbours;
using LieConv.Numerics;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// Self-attention on a Lie group (Hutchinson et al. 2021, https://arxiv.org/abs/2012.10885):
/// h(u) = W_o [Σ_v w_uv W_v f(v)] over heads, with the score (W_q f(u))·(W_k f(v)) / √d + l(log(v⁻¹u), q_u, q_v) of
/// which w_uv is the softmax over the neighbours, or their number's part.
/// </summary>
/// <remarks>A head sees d = ⌈c/h⌉ channels. As a convolution, it is as equivariant as neighbours and lifts are: scores
/// depend on places through what the group leaves as it is.</remarks>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own;
/// training changes its state and belongs to one thread.</threadsafety>
public sealed class LieSelfAttention : nn.Module<Tensor, Tensor, Neighborhood, Tensor>
{
    private readonly LieConvOptions _options;
    private readonly LayerNeighbours _neighbours;
    [ComponentName(Name = "radius")] private readonly Tensor _radius;
    [ComponentName(Name = "location")] private readonly LocationNetwork _location;
    [ComponentName(Name = "query")] private readonly Linear _query;
    [ComponentName(Name = "key")] private readonly Linear _key;
    [ComponentName(Name = "value")] private readonly Linear _value;
    [ComponentName(Name = "output")] private readonly Linear _output;

    /// <summary>Creates the layer with PyTorch's default initialisation.</summary>
    /// <param name="group">The group whose relative coordinates the scores read.</param>
    /// <param name="inputs">Channels of the values.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="options">Neighbourhood, activation and <see cref="BlockOptions.Attention"/>.</param>
    /// <param name="finder">What finds neighbours in place of the kind, count and fill of the options; null for
    /// these.</param>
    /// <exception cref="ArgumentException">If the options or widths are out of range, or the finder is of another
    /// group.</exception>
    public LieSelfAttention(
        LieGroup group, int inputs, int outputs, LieConvOptions options, NeighbourFinder? finder = null)
        : base(nameof(LieSelfAttention))
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        if (inputs < 1 || outputs < 1)
            throw new ArgumentException(
                $"A self-attention from {inputs} to {outputs} channels; expected at least 1 of each.");
        (Group, _options, _neighbours) = (group, options, new LayerNeighbours(group, options, finder, "attention"));
        var attention = options.Block.Attention;
        var width = attention.Heads * ((inputs + attention.Heads - 1) / attention.Heads);
        _radius = tensor((float)BallRadius.Initial).DetachFromDisposeScope();
        _location = new LocationNetwork(
            _neighbours.Inputs, attention.Heads, attention.LocationChannels, options.Block.Activation);
        _query = nn.Linear(inputs, width);
        _key = nn.Linear(inputs, width);
        _value = nn.Linear(inputs, width);
        _output = nn.Linear(width, outputs);
        RegisterComponents();
    }

    /// <summary>The group.</summary>
    public LieGroup Group { get; }

    /// <summary>The choices of this layer.</summary>
    public LieConvOptions Options => _options;

    /// <summary>Radius of the ball, a 0-d tensor; part of the state.</summary>
    public Tensor Radius => _radius;

    /// <summary>What finds the neighbours as the layer is now: in training a ball's radius follows its fill.</summary>
    public NeighbourFinder Finder => _neighbours.Finder(_radius, training);

    /// <summary>Thresholds of large sets.</summary>
    internal LayerNeighbours Neighbours => _neighbours;

    private int Heads => _options.Block.Attention.Heads;

    /// <summary>Attends.</summary>
    /// <param name="queries">Values of the m queries, shape (g, m, r, c); where all points are queries, the
    /// values.</param>
    /// <param name="values">Values of the n points, shape (g, n, r, c).</param>
    /// <param name="neighborhood">The neighbours of the m queries.</param>
    /// <returns>Values at the queries, shape (g, m, r, cOut); those of a query without neighbours are the
    /// bias.</returns>
    /// <exception cref="ArgumentException">If shapes or element types do not fit each other or the layer.</exception>
    public override Tensor forward(Tensor queries, Tensor values, Neighborhood neighborhood)
    {
        Check(queries, values, neighborhood);
        using var scope = NewDisposeScope();
        var (asked, keys, carried) = (ByHead(_query, queries), ByHead(_key, values), ByHead(_value, values));
        asked = asked * Scalars.Of(1 / Math.Sqrt(asked.shape[^1]));
        var numbers = Math.Max(1, values.shape[2] * _query.out_features / KernelNetwork.Outputs);
        var averages = _neighbours.Apply(neighborhood, training, numbers, (first, some, theirs) =>
            Attend(asked.narrow(1, first, some), keys, carried, theirs));
        return scope.MoveToOuter(Product(_output, averages.flatten(3)));
    }

    private Tensor Attend(Tensor queries, Tensor keys, Tensor values, Neighborhood neighborhood)
    {
        using var scope = NewDisposeScope();
        var relative = neighborhood.Relative;
        Guard.IsRowMask(neighborhood.Mask, relative.shape.AsSpan(..^1), nameof(neighborhood.Mask), relative);
        return scope.MoveToOuter(neighborhood.Attend(new AttentionHeads(
            queries, keys, values, _location.call(relative),
            _options.Block.Attention.Normalization ?? AttentionNormalization.Softmax, _options.Block.Mean)));
    }

    /// <summary>A linear map of values, shape (g, n, r, h, d).</summary>
    private Tensor ByHead(Linear layer, Tensor values) => Product(layer, values).unflatten(3, Heads, -1);

    private Tensor Product(Linear layer, Tensor values) =>
        Products.Linear(values, layer.weight!, layer.bias!, _options.Block.Products);

    private void Check(Tensor queries, Tensor values, Neighborhood neighborhood)
    {
        Guard.HasShape(values, nameof(values), "(g, n, r, c)", null, null, null, _query.in_features);
        Guard.HasDtype(values, _query.weight!, nameof(values));
        if (values.shape[2] == 0)
            throw new ArgumentException("values has shape (g, n, 0, c); expected at least one item.", nameof(values));
        ArgumentNullException.ThrowIfNull(neighborhood);
        neighborhood.Check(values, _neighbours.Inputs);
        Guard.HasShape(
            queries, nameof(queries), "(g, m, r, c)", values.shape[0], neighborhood.Queries, values.shape[2],
            values.shape[3]);
        Guard.Like(queries, nameof(queries), values, nameof(values));
    }
}
