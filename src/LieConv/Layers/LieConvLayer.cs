using LieConv.Groups;
using LieConv.Neighbours;
using LieConv.Numerics;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>
/// The convolution on a Lie group (equation 5 of Finzi et al. 2020): h(u) = 1/n Σ_v k(log(v⁻¹u), q_u, q_v) f(v).
/// </summary>
/// <remarks>
/// With kernel values a_uv of 16 numbers the sum is W vec(Σ_v f(v) ⊗ a_uv): a product of small matrices for each query
/// and one linear layer, instead of a matrix for each pair.
/// </remarks>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own; training
/// changes its state and belongs to one thread.</threadsafety>
public sealed class LieConvLayer : nn.Module<Tensor, Neighborhood, Tensor>
{
    private readonly LieConvOptions _options;
    private readonly LayerNeighbours _neighbours;
    [ComponentName(Name = "radius")] private readonly Tensor _radius;
    [ComponentName(Name = "kernel")] private readonly KernelNetwork _kernel;
    [ComponentName(Name = "linear")] private readonly Linear _linear;

    /// <summary>Creates the layer.</summary>
    /// <param name="group">The group whose relative coordinates the kernel reads.</param>
    /// <param name="inputs">Channels of the values.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="options">Neighbourhood, normalisation, activation.</param>
    /// <param name="finder">What finds neighbours in place of the kind, count and fill of the options; null for
    /// these.</param>
    /// <exception cref="ArgumentException">If the options or widths are out of range or do not fit the group, or
    /// the finder is of another group.</exception>
    public LieConvLayer(
        LieGroup group, int inputs, int outputs, LieConvOptions options, NeighbourFinder? finder = null)
        : base(nameof(LieConvLayer))
    {
        Guard.IsValid(options.Validate(), nameof(options));
        if (inputs < 1 || outputs < 1)
            throw new ArgumentException(
                $"A convolution from {inputs} to {outputs} channels; expected at least 1 of each.");
        (Group, _options, _neighbours) = (group, options, new LayerNeighbours(group, options, finder, "convolution"));
        _radius = tensor((float)BallRadius.Initial).DetachFromDisposeScope();
        _kernel = new KernelNetwork(
            _neighbours.Inputs, options.Block.BatchNorm, options.Block.Activation, options.Block.NormMomentum);
        _linear = nn.Linear(KernelNetwork.Outputs * inputs, outputs);
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

    /// <summary>Where neighbours come from, and from what size sets are large.</summary>
    internal LayerNeighbours Neighbours => _neighbours;

    /// <summary>Pairs from which neighbours are searched for instead of chosen from a table of all pairs.</summary>
    internal long MostPairs
    {
        get => _neighbours.MostPairs;
        set => _neighbours.MostPairs = value;
    }

    /// <summary>Pairs from which, where nothing is differentiated, kernels are computed for some queries at a time:
    /// memory then grows with the number of points alone.</summary>
    internal long MostKernels
    {
        get => _neighbours.MostKernels;
        set => _neighbours.MostKernels = value;
    }

    /// <summary>Convolves.</summary>
    /// <param name="values">Values of the n points, shape (g, n, r, c).</param>
    /// <param name="neighborhood">The neighbours of the m queries.</param>
    /// <returns>Values at the queries, shape (g, m, r, cOut).</returns>
    /// <exception cref="ArgumentException">If shapes or element types do not fit each other or the layer.</exception>
    public override Tensor forward(Tensor values, Neighborhood neighborhood)
    {
        Check(values, neighborhood);
        return _neighbours.Apply(neighborhood, training, 1, (_, _, some) => Convolve(values, some));
    }

    private Tensor Convolve(Tensor values, Neighborhood neighborhood)
    {
        using var scope = NewDisposeScope();
        var kernel = _kernel.call(neighborhood.Relative, neighborhood.Mask);                            // (g, m, k, 16)
        return scope.MoveToOuter(neighborhood.Convolve(
            values, kernel,
            new ConvolutionWeights(_linear.weight!, _linear.bias!, _options.Block.Mean, _options.Block.Products)));
    }

    private void Check(Tensor values, Neighborhood neighborhood)
    {
        Guard.HasShape(
            values, nameof(values), "(g, n, r, c)", null, null, null, _linear.in_features / KernelNetwork.Outputs);
        Guard.HasDtype(values, _linear.weight!, nameof(values));
        if (values.shape[2] == 0)
            throw new ArgumentException("values has shape (g, n, 0, c); expected at least one item.", nameof(values));
        ArgumentNullException.ThrowIfNull(neighborhood);
        neighborhood.Check(values, _neighbours.Inputs);
    }
}
