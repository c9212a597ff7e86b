using LieConv.Internal;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>A group of real matrices from a basis of its Lie algebra alone.</summary>
/// <remarks>
/// <para>Elements are flattened matrices, tangents the coefficients of the generators in the given order. Exp is the
/// matrix exponential; Log is the principal matrix logarithm, projected onto the generators by least squares, and
/// needs eigenvalues off the negative real axis (elsewhere the result has no meaning). Its accuracy falls as these come
/// near the axis, about as round-off / gap²; a closed form in the options replaces it.</para>
/// <para>Elements near the identity are stored as full matrices, so tangents are good to round-off of 1, absolutely.
/// </para>
/// <para>Points are lifted by the section of the options or, without one, by Gauss-Newton steps in the group from the
/// origin of their orbit; then derivatives to second order are those of that (locally smooth) section.</para>
/// </remarks>
public sealed class MatrixGroup : LieGroup
{
    private readonly MatrixGroupOptions _options;
    private readonly AlgebraBasis _basis;

    /// <summary>A group from its options.</summary>
    /// <exception cref="ArgumentException">If the options are not valid, or the generators are linearly dependent or
    /// not closed under the bracket; the message names the pair whose bracket leaves them.</exception>
    public MatrixGroup(MatrixGroupOptions options)
        : base(Valid(options).Name, options.Generators.GetLength(0), Square(options.Generators.GetLength(1)),
            options.Generators.GetLength(1), options.PointDim, options.OrbitDim, options.Alpha)
    {
        _options = options;
        _basis = new AlgebraBasis(Name, options.Generators);
        _basis.CheckClosure();
    }

    /// <inheritdoc/>
    public override bool HasStabilizer => _options.Stabilizer is not null;

    /// <inheritdoc/>
    public override bool HasFrames => !HasStabilizer;

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        eye(MatrixDim, dtype: dtype, device: device).flatten();

    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent) =>
        Flat(_options.Exp is null ? linalg.matrix_exp(Hat(tangent)) : _options.Exp(tangent));

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element)
    {
        var matrix = ToMatrix(element);
        matrix = _options.BeforeLog?.Invoke(matrix) ?? matrix;
        return _options.Log is null ? Vee(MatrixLogarithm.Of(matrix)) : _options.Log(matrix);
    }

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right) => Flat(ToMatrix(left).matmul(ToMatrix(right)));

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element) => Flat(linalg.inv(ToMatrix(element)));

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target) => Compose(Inverse(origin), target);

    /// <inheritdoc/>
    protected override Tensor HatCore(Tensor tangent) => _basis.Hat(tangent);

    /// <inheritdoc/>
    protected override Tensor VeeCore(Tensor matrix) => _basis.Vee(matrix);

    /// <inheritdoc/>
    protected override Tensor ToMatrixCore(Tensor element) =>
        element.reshape([.. element.shape[..^1], MatrixDim, MatrixDim]);

    /// <inheritdoc/>
    protected override Tensor FromMatrixCore(Tensor matrix) => Flat(matrix);

    /// <inheritdoc/>
    protected override Tensor ActCore(Tensor element, Tensor point) => MatrixAction.Apply(ToMatrix(element), point);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">If a point is not in the orbit of its origin.</exception>
    protected override LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        var orbits = _options.Orbit?.Invoke(points);
        if (orbits is not null) Guard.LastDimension(orbits, OrbitDim, Name, nameof(MatrixGroupOptions.Orbit));
        var lifts = _options.Section is { } section ? section(points) : NumericalLifts(points, orbits);
        lifts = Flat(lifts).unsqueeze(2);                                                          // (g, n, 1, e)
        if (HasStabilizer)
        {
            var shape = StabilizerDraws.Shape(points, options);
            lifts = Compose(lifts, SampleStabilizer(shape, points.dtype, points.device, draws));
        }
        return new LiftedElements(lifts.flatten(1, 2), orbits?.repeat_interleave(options.Samples, 1));
    }

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        _options.Stabilizer is null
            ? Identity(dtype, device).expand([.. shape, ElementDim])
            : Flat(_options.Stabilizer(shape, dtype, device, draws));

    /// <summary>alpha · |log| + (1 - alpha) · |q_u - q_v|, shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative) => OrbitDistances.Default(this, relative);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.FromRelative(this, queries, support);

    private Tensor NumericalLifts(Tensor points, Tensor? orbits)
    {
        orbits ??= zeros([.. points.shape[..^1], 0], dtype: points.dtype, device: points.device);
        var origins = _options.Origin!(orbits).to(points.dtype, points.device).expand(points.shape);
        return new NumericalSection(Name, _basis).Solve(origins, points);
    }

    private Tensor Flat(Tensor matrix) =>
        matrix.reshape([.. matrix.shape[..^2], ElementDim]);

    private static int Square(int rows) => rows * rows;

    private static MatrixGroupOptions Valid(MatrixGroupOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        return options;
    }
}
