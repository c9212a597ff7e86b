using LieConv.Cpu;
using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Neighbours;
using LieConv.Neighbours.Search;
using LieConv.Numerics;
using LieConv.Randomness;
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
    /// <summary>The radius at the start, in units of the group's distance.</summary>
    public const double InitialRadius = 2;

    /// <summary>The smallest radius: every point stays within its own ball.</summary>
    public const double MinimumRadius = 1e-3;

    private const double RadiusStep = 0.5;

    private readonly LieConvOptions _options;
    [ComponentName(Name = "radius")] private readonly Tensor _radius;
    [ComponentName(Name = "kernel")] private readonly KernelNetwork _kernel;
    [ComponentName(Name = "linear")] private readonly Linear _linear;

    /// <summary>Creates the layer.</summary>
    /// <param name="group">The group whose relative coordinates the kernel reads.</param>
    /// <param name="inputs">Channels of the values.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="options">Neighbourhood, normalisation, activation.</param>
    /// <exception cref="ArgumentException">If the options or widths are out of range.</exception>
    public LieConvLayer(LieGroup group, int inputs, int outputs, LieConvOptions options) : base(nameof(LieConvLayer))
    {
        Guard.IsValid(options.Validate(), nameof(options));
        if (inputs < 1 || outputs < 1)
            throw new ArgumentException(
                $"A convolution from {inputs} to {outputs} channels; expected at least 1 of each.");
        (Group, _options) = (group, options);
        _radius = tensor((float)InitialRadius).DetachFromDisposeScope();
        _kernel = new KernelNetwork(group.RelativeDim, options.BatchNorm, options.Activation, options.NormMomentum);
        _linear = nn.Linear(KernelNetwork.Outputs * inputs, outputs);
        RegisterComponents();
    }

    /// <summary>The group.</summary>
    public LieGroup Group { get; }

    /// <summary>The choices of this layer.</summary>
    public LieConvOptions Options => _options;

    /// <summary>Radius of the ball, a 0-d tensor; part of the state.</summary>
    public Tensor Radius => _radius;

    /// <summary>Pairs from which neighbours are searched for instead of chosen from a table of all pairs.</summary>
    internal long MostPairs { get; set; } = LargeSets.MostPairs;

    /// <summary>Pairs from which, where nothing is differentiated, kernels are computed for some queries at a time:
    /// memory then grows with the number of points alone.</summary>
    internal long MostKernels { get; set; } = LargeSets.MostKernels;

    /// <summary>Convolves.</summary>
    /// <param name="values">Values of the n points, shape (g, n, r, c).</param>
    /// <param name="neighborhood">The neighbours of the m queries.</param>
    /// <returns>Values at the queries, shape (g, m, r, cOut).</returns>
    /// <exception cref="ArgumentException">If shapes or element types do not fit each other or the layer.</exception>
    public override Tensor forward(Tensor values, Neighborhood neighborhood)
    {
        Check(values, neighborhood);
        var relative = neighborhood.Relative;
        if (TakesBlocks(relative.shape[0] * relative.shape[1] * relative.shape[2]))
            return LargeSets.InBlocks(
                relative.shape[1], relative.shape[0] * relative.shape[2], (first, some) => Convolve(values, new Neighborhood(
                    neighborhood.Indices?.narrow(1, first, some), neighborhood.Mask?.narrow(1, first, some),
                    relative.narrow(1, first, some))));
        return Convolve(values, neighborhood);
    }

    /// <summary>Convolves over all points of each set, which are nowhere all at once as neighbours.</summary>
    /// <param name="values">Values of the n points, shape (g, n, r, c).</param>
    /// <param name="queries">Elements and orbits of the m queries.</param>
    /// <param name="queryMask">Valid queries, shape (g, m); null where all are.</param>
    /// <param name="support">Elements and orbits of the n points.</param>
    /// <param name="supportMask">Valid points, shape (g, n); null where all are.</param>
    /// <returns>Values at the queries, shape (g, m, r, cOut).</returns>
    internal Tensor OverEverything(
        Tensor values, LiftedElements queries, Tensor? queryMask, LiftedElements support, Tensor? supportMask) =>
        LargeSets.InBlocks(
            queries.Elements.shape[1], support.Elements.shape[0] * support.Elements.shape[1], (first, some) =>
            {
                var part = new LiftedElements(
                    queries.Elements.narrow(1, first, some), queries.Orbits?.narrow(1, first, some));
                return Convolve(values, FindNeighbours(
                    part, queryMask?.narrow(1, first, some), support, supportMask, null, NoDraws.Instance));
            });

    /// <summary>Whether all points are neighbours, and too many to be held at once.</summary>
    /// <param name="queries">Elements of the m queries.</param>
    /// <param name="support">Elements of the n points.</param>
    internal bool TakesBlocksOfEverything(LiftedElements queries, LiftedElements support) =>
        _options.Neighborhood == NeighborhoodKind.Everything
        && TakesBlocks(queries.Elements.shape[0] * queries.Elements.shape[1] * support.Elements.shape[1]);

    private bool TakesBlocks(long pairs) => pairs > MostKernels && !training && !is_grad_enabled();

    private Tensor Convolve(Tensor values, Neighborhood neighborhood)
    {
        using var scope = NewDisposeScope();
        var kernel = _kernel.call(neighborhood.Relative, neighborhood.Mask);                            // (g, m, k, 16)
        return scope.MoveToOuter(ConvolutionPaths.Apply(
            values, kernel, neighborhood.Indices, _linear.weight!, _linear.bias!, Scale(neighborhood, kernel),
            _options.Products));
    }

    /// <summary>Convolves sets without padding, over all points of each.</summary>
    /// <param name="values">Shape (R, c).</param>
    /// <param name="neighborhood">The pairs of points.</param>
    /// <returns>Shape (R, cOut).</returns>
    internal Tensor Apply(Tensor values, PackedNeighborhood neighborhood)
    {
        using var scope = NewDisposeScope();
        var sets = neighborhood.Sets;
        var kernel = _kernel.call(neighborhood.Relative, null);                                          // (P, 16)
        var convolved = PackedConvolution.Apply(
            values, kernel, sets.Groups, _linear.weight!, _linear.bias!, _options.Products);
        return scope.MoveToOuter(_options.Mean ? convolved * sets.Shares(values.dtype) : convolved);
    }

    /// <summary>The neighbours of queries among points, and in training the step of the radius.</summary>
    /// <param name="queries">Elements and orbits of the m queries.</param>
    /// <param name="queryMask">Valid queries, shape (g, m); null where all are.</param>
    /// <param name="support">Elements and orbits of the n points.</param>
    /// <param name="supportMask">Valid points, shape (g, n); null where all are.</param>
    /// <param name="distances">Distances (g, m, n) if they are known.</param>
    /// <param name="draws">Source of the ball's samples.</param>
    /// <exception cref="ArgumentException">If a shape does not fit the others or the group, or on the CPU a point that is
    /// no padding is not finite.</exception>
    public Neighborhood FindNeighbours(
        LiftedElements queries, Tensor? queryMask, LiftedElements support, Tensor? supportMask, Tensor? distances,
        Draws draws)
    {
        CheckGeometry(queries, queryMask, nameof(queries));
        CheckGeometry(support, supportMask, nameof(support));
        ArgumentNullException.ThrowIfNull(draws);
        Guard.HasShape(
            support.Elements, nameof(support), "(g, n, e)", queries.Elements.shape[0], null, Group.ElementDim);
        Guard.Like(support.Elements, nameof(support), queries.Elements, nameof(queries));
        if (distances is not null)
        {
            Guard.HasShape(
                distances, nameof(distances), "(g, m, n)", queries.Elements.shape[0], queries.Elements.shape[1],
                support.Elements.shape[1]);
            Guard.IsFloating(distances, nameof(distances));
            Guard.OnDeviceOf(distances, nameof(distances), queries.Elements);
        }
        using var scope = NewDisposeScope();
        var (indices, mask) = Choose(queries, queryMask, support, supportMask, distances, draws);
        var relative = indices is not null && IsLarge(queries, support)
            ? LargeSets.ByQueries(queries, indices, (some, chosen) => Relative(some, support, chosen))
            : Relative(queries, support, indices);
        // Padding may hold anything, and 0 · NaN would reach the kernel's gradients.
        if (queryMask is not null || supportMask is not null)
            relative = relative.masked_fill(mask!.logical_not().unsqueeze(-1), Scalars.Of(0));
        if (indices is not null) scope.MoveToOuter(indices);
        if (mask is not null) scope.MoveToOuter(mask);
        return new Neighborhood(indices, mask, scope.MoveToOuter(relative));
    }

    private Tensor Relative(LiftedElements queries, LiftedElements support, Tensor? indices)
    {
        var neighbours = indices is null
            ? new LiftedElements(support.Elements.unsqueeze(1), support.Orbits?.unsqueeze(1))
            : new LiftedElements(Gather.Rows(support.Elements, indices), Gather.RowsOrNull(support.Orbits, indices));
        var centres = new LiftedElements(queries.Elements.unsqueeze(2), queries.Orbits?.unsqueeze(2));
        return _options.ReversedPairs ? Group.Relative(neighbours, centres) : Group.Relative(centres, neighbours);
    }

    private bool IsLarge(LiftedElements queries, LiftedElements support) =>
        queries.Elements.shape[0] * queries.Elements.shape[1] * support.Elements.shape[1] > MostPairs;

    private (Tensor? Indices, Tensor? Mask) Choose(
        LiftedElements queries, Tensor? queryMask, LiftedElements support, Tensor? supportMask, Tensor? distances,
        Draws draws)
    {
        using var off = no_grad();
        if (_options.Neighborhood != NeighborhoodKind.Everything && distances is null && IsLarge(queries, support))
            return Search(queries, queryMask, support, supportMask, draws);
        var valid = PairMask(queryMask, supportMask);
        if (_options.Neighborhood == NeighborhoodKind.Everything)
            return (null, valid?.expand(-1, queries.Elements.shape[1], support.Elements.shape[1]));
        distances ??= Group.PairDistances(queries, support);
        if (_options.Neighborhood == NeighborhoodKind.Nearest)
            return NeighborSelection.Nearest(distances, valid, _options.SampleCount);
        var within = distances < Ties.Inside(_radius, distances.dtype);
        if (valid is not null) within = within.logical_and(valid);
        if (training) FollowFill(within, queryMask, supportMask);
        return draws is IHashedRanks hashed && HighestRanks.Supports(within)
            ? HighestRanks.Of(within, hashed.NextRanks((int)within.NumberOfElements), _options.SampleCount)
            : NeighborSelection.Ball(within, draws.Ranks(within.shape, within.device), _options.SampleCount);
    }

    /// <summary>As <see cref="Choose"/>, without distances of all pairs.</summary>
    private (Tensor Indices, Tensor? Mask) Search(
        LiftedElements queries, Tensor? queryMask, LiftedElements support, Tensor? supportMask, Draws draws)
    {
        var count = _options.SampleCount;
        if (_options.Neighborhood == NeighborhoodKind.Nearest)
            return LargeSets.Nearest(Group, queries, queryMask, support, supportMask, count);
        var seed = RandomNumbers.Seed(draws);
        var radius = Ties.Inside(_radius, queries.Elements.dtype);
        var ball = LargeSets.Ball(Group, queries, queryMask, support, supportMask, radius, count, seed);
        if (training)
            Follow(tensor(
                LargeSets.AverageFill(Group, queries, queryMask, support, supportMask, radius, seed),
                dtype: _radius.dtype, device: _radius.device));
        return ball;
    }

    /// <summary>
    /// Moves the radius towards the wanted fill: the average over the valid queries of the fraction of their own set
    /// that lies within the ball. The ball of this step is chosen before.
    /// </summary>
    private void FollowFill(Tensor within, Tensor? queryMask, Tensor? supportMask)
    {
        var inside = BallCounts.Of(within).to(_radius.dtype);                                     // (g, m)
        var fraction = supportMask is null
            ? inside / Scalars.Of(within.shape[^1])
            : inside / supportMask.sum(-1, keepdim: true).clamp(min: Scalars.Of(1));
        var average = queryMask is null
            ? fraction.mean()
            : (fraction * queryMask.to(fraction.dtype)).sum() / queryMask.sum().clamp(min: Scalars.Of(1));
        Follow(average);
    }

    private void Follow(Tensor average) =>
        _radius.add_(Scalars.Of(RadiusStep) *
            (Scalars.Of(Math.Min(_options.FillFraction, 1)) - average)).clamp_(min: Scalars.Of(MinimumRadius));

    private void Check(Tensor values, Neighborhood neighborhood)
    {
        var (inputs, relative) = (_linear.in_features / KernelNetwork.Outputs, neighborhood.Relative);
        Guard.HasShape(values, nameof(values), "(g, n, r, c)", null, null, null, inputs);
        Guard.HasDtype(values, _linear.weight!, nameof(values));
        if (values.shape[2] == 0)
            throw new ArgumentException("values has shape (g, n, 0, c); expected at least one item.", nameof(values));
        var (g, n) = (values.shape[0], values.shape[1]);
        var indices = neighborhood.Indices;
        Guard.HasShape(
            relative, nameof(neighborhood.Relative), "(g, m, k, d + 2q)", g, null, indices is null ? n : null,
            Group.RelativeDim);
        if (indices is null) return;
        Guard.HasShape(indices, nameof(neighborhood.Indices), "(g, m, k)", g, relative.shape[1], relative.shape[2]);
        if (indices.dtype != ScalarType.Int64)
            throw new ArgumentException($"Indices has dtype {indices.dtype}; expected Int64.", nameof(neighborhood));
        Guard.OnDeviceOf(indices, nameof(neighborhood.Indices), values);
        CheckIndices(indices, n);
    }

    /// <summary>On the CPU a number that is no point's would be read from foreign memory; libtorch looks at those of other
    /// devices.</summary>
    private static void CheckIndices(Tensor indices, long points)
    {
        if (!CpuKernels.IsHere(indices) || indices.NumberOfElements == 0) return;
        using var scope = NewDisposeScope();
        var (least, most) = (indices.min().item<long>(), indices.max().item<long>());
        if (least < 0 || most >= points)
            throw new ArgumentException(
                $"Indices runs from {least} to {most}; expected numbers from 0 to {points - 1}.", nameof(indices));
    }

    private void CheckGeometry(LiftedElements points, Tensor? mask, string name)
    {
        Guard.HasShape(points.Elements, name, "(g, n, e)", null, null, Group.ElementDim);
        GroupGuard.Elements(points, Group, name);
        Guard.IsRowMask(mask, points.Elements.shape.AsSpan(..2), $"The mask of {name}", points.Elements);
        FinitePoints.Check(points.Elements, mask, name);
        if (points.Orbits is not null) FinitePoints.Check(points.Orbits, mask, name);
    }

    private static Tensor? PairMask(Tensor? queryMask, Tensor? supportMask) => (queryMask, supportMask) switch
    {
        (null, null) => null,
        (null, _) => supportMask.unsqueeze(1),
        (_, null) => queryMask.unsqueeze(2),
        _ => queryMask.unsqueeze(2).logical_and(supportMask.unsqueeze(1)),
    };

    /// <summary>For a mean, one over the neighbours of each query, shape (g, m); as in the original the bias shares
    /// it.</summary>
    private Tensor? Scale(Neighborhood neighborhood, Tensor kernel)
    {
        if (!_options.Mean) return null;
        var (g, m, k) = (kernel.shape[0], kernel.shape[1], kernel.shape[2]);
        return neighborhood.Mask is null
            ? full([g, m], Scalars.Of(1.0 / k), dtype: kernel.dtype, device: kernel.device)
            : neighborhood.Mask.sum(-1).clamp(min: Scalars.Of(1)).to(kernel.dtype).reciprocal();
    }
}
