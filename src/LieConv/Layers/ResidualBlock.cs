using LieConv.Groups;
using LieConv.Kernels;
using LieConv.Lifting;
using LieConv.Neighbours;
using LieConv.Numerics;
using LieConv.Randomness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>A block of a residual network on a group: some of its points remain, each sees its neighbours, and what
/// comes of it is added to the values that it had.</summary>
/// <threadsafety>In evaluation any number of threads may call one instance at once, each with draws of its own;
/// training changes its state and belongs to one thread.</threadsafety>
public abstract class ResidualBlock : nn.Module<LiftedPoints, Draws, LiftedPoints>
{
    /// <summary>The convolution of a <see cref="BottleneckBlock"/> works on channels divided by this.</summary>
    internal const int Narrowing = 4;

    private readonly int _inputs;

    private protected ResidualBlock(string name, LieGroup group, int inputs, int outputs, LieConvOptions options)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(options);
        if (inputs < Narrowing || outputs < inputs)
            throw new ArgumentException(
                $"A block from {inputs} to {outputs} channels; " +
                $"expected at least {Narrowing} inputs and as many outputs or more.");
        (Group, _inputs, Options) = (group, inputs, options);
    }

    /// <summary>The group whose points it is given.</summary>
    public LieGroup Group { get; }

    /// <summary>Radius of the ball in which neighbours lie, a 0-d tensor; part of the state.</summary>
    public abstract Tensor Radius { get; }

    /// <summary>What finds the neighbours as the block is now: in training a ball's radius follows its fill.</summary>
    public abstract NeighbourFinder Finder { get; }

    /// <summary>Where neighbours come from, and from what size sets are large.</summary>
    internal abstract LayerNeighbours Neighbours { get; }

    /// <summary>The choices of the block.</summary>
    private protected LieConvOptions Options { get; }

    /// <summary>One of the parameters, whose element type and device are those of all.</summary>
    private protected abstract Tensor Parameter { get; }

    /// <summary>The block of the kind that the options name.</summary>
    /// <param name="group">The group.</param>
    /// <param name="inputs">Channels of the values.</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="options">Its choices.</param>
    /// <param name="finder">What finds neighbours in place of those of the options; null for these.</param>
    internal static ResidualBlock Create(
        LieGroup group, int inputs, int outputs, LieConvOptions options, NeighbourFinder? finder) =>
        options.Block.Kind == BlockKind.Attention
            ? new AttentionBlock(group, inputs, outputs, options, finder)
            : new BottleneckBlock(group, inputs, outputs, options, finder);

    /// <summary>Applies the block.</summary>
    /// <param name="points">n points an item.</param>
    /// <param name="draws">Source of the subsample and of the neighbours.</param>
    /// <returns>The remaining m points with new values.</returns>
    /// <exception cref="ArgumentException">If a shape or type does not fit the others, the group or the
    /// block.</exception>
    public sealed override LiftedPoints forward(LiftedPoints points, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        Check(points);
        using var scope = NewDisposeScope();
        var step = Step(points.Geometry, points.Mask, draws);
        return scope.Keep(Remaining(step, Apply(points.Values, points.Mask, step)));
    }

    /// <summary>What the block sees of points: the subsample, and its neighbours among all.</summary>
    /// <param name="points">Elements (g, n, e) and orbits (g, n, q).</param>
    /// <param name="mask">Valid points, shape (g, n); null where all are.</param>
    /// <param name="draws">Source of the subsample and of the neighbours.</param>
    internal BlockStep Step(LiftedElements points, Tensor? mask, Draws draws)
    {
        if (points.Elements.shape[1] == 0)
            throw new ArgumentException("The sets are empty: Elements has shape (g, 0, e); expected n >= 1.");
        var sample = Subsample.Create(Group, points, mask, Options.DownsampleFraction, Neighbours.MostPairs, draws);
        return new BlockStep(
            sample.Points, sample.Mask, sample.Picks,
            Finder.Find(sample.Points, sample.Mask, points, mask, sample.Distances, draws));
    }

    /// <summary>What becomes of values.</summary>
    /// <param name="values">Shape (g, n, r, c), or (R, c) for one item of one set.</param>
    /// <param name="mask">Valid points, shape (g, n); null where all are.</param>
    /// <param name="step">What the block sees.</param>
    /// <returns>Shape (g, m, r, cOut), or (R, cOut).</returns>
    internal abstract Tensor Apply(Tensor values, Tensor? mask, BlockStep step);

    /// <summary>Whether values are those of one item of one set, without dimensions for sets and items.</summary>
    private protected static bool IsRows(Tensor values) => values.dim() == 2;

    /// <summary>Values with all dimensions, shape (g, n, r, c).</summary>
    private protected static Tensor Sets(Tensor values) =>
        IsRows(values) ? values.unsqueeze(0).unsqueeze(2) : values;                                     // (1, R, 1, c)

    /// <summary>The same without them where they were not there.</summary>
    private protected static Tensor Lines(Tensor values, bool isRows) => isRows ? values.flatten(0, 2) : values;

    /// <summary>A linear map of values, by the products that the options name.</summary>
    private protected Tensor Product(Linear layer, Tensor values) =>
        Products.Linear(values, layer.weight!, layer.bias!, Options.Block.Products);

    /// <summary>The points that remain, in new handles, since a method must not return its caller's tensors.</summary>
    private static LiftedPoints Remaining(BlockStep step, Tensor values) => step.Picks is null
        ? new LiftedPoints(step.Points.Elements.alias(), step.Points.Orbits?.alias(), values, step.Mask?.alias())
        : new LiftedPoints(step.Points.Elements, step.Points.Orbits, values, step.Mask);

    private void Check(LiftedPoints points)
    {
        Guard.HasShape(points.Elements, nameof(points.Elements), "(g, n, e)", null, null, Group.ElementDim);
        var (g, n) = (points.Elements.shape[0], points.Elements.shape[1]);
        GroupGuard.Elements(points.Geometry, Group, nameof(points));
        Guard.HasShape(points.Values, nameof(points.Values), "(g, n, r, c)", null, null, null, _inputs);
        Guard.HasShape(points.Values, nameof(points.Values), "(g, n, r, c)", g, n, null, null);
        if (points.Values.shape[2] == 0)
            throw new ArgumentException("Values has shape (g, n, 0, c); expected at least one item.", nameof(points));
        Guard.HasDtype(points.Values, Parameter, nameof(points.Values));
        Guard.Like(points.Elements, nameof(points.Elements), points.Values, nameof(points.Values));
        Guard.IsRowMask(points.Mask, [g, n], nameof(points.Mask), points.Elements);
    }
}
