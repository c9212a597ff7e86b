using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>A group of real matrices from a basis of its Lie algebra alone.</summary>
/// <remarks>
/// <para>Elements are flattened matrices, tangents the coefficients of the generators in the given order. Exp is the
/// matrix exponential; Log is the principal matrix logarithm in components of the generators, NaN where the matrix has
/// an eigenvalue on the negative real axis and no logarithm in the algebra is near. Both are computed in double
/// precision; a closed form in the options replaces them.</para>
/// <para>Elements near the identity are stored as full matrices, so tangents are good to round-off of 1, absolutely.
/// </para>
/// <para>Points are lifted by the section of the options or, without one, to u = exp(a) with a in a fixed complement of
/// the stabilizer's algebra; first and second derivatives are those of that section.</para>
/// <para>The stabilizer is counted and found from the generators. Where it is compact and closed it is drawn; where it
/// is not, <see cref="LieGroup.Lift(Tensor, Tensor?, LiftOptions, Draws)"/> gives the section alone, and networks are
/// refused unless they take their lifts from the frames of the options (docs/maths.md, Your own group).</para>
/// </remarks>
public sealed class MatrixGroup : LieGroup, ILiftLimits, IKnownMotions, IOrbitOrigins
{
    private readonly MatrixGroupOptions _options;
    private readonly AlgebraBasis _basis;
    private readonly AlgebraLogarithm _logarithm;
    private readonly MatrixLifts _lifts;
    private readonly bool _isAffine;

    /// <summary>A group from its options.</summary>
    /// <exception cref="ArgumentException">If the options are not valid, or the generators are linearly dependent or
    /// not closed under the bracket, the message naming the pair whose bracket leaves them; or if draws are given of a
    /// stabilizer that is not compact.</exception>
    public MatrixGroup(MatrixGroupOptions options)
        : base(Valid(options).Name, options.Generators.GetLength(0), Square(options.Generators.GetLength(1)),
            options.Generators.GetLength(1), options.PointDim, options.OrbitDim, options.Alpha)
    {
        _options = options;
        _basis = new AlgebraBasis(Name, options.Generators);
        _basis.CheckClosure();
        _logarithm = new AlgebraLogarithm(_basis);
        _lifts = new MatrixLifts(options, _basis);
        _isAffine = options.PointDim < MatrixDim && HasEmptyLastRow(options.Generators);
    }

    /// <inheritdoc/>
    public override bool HasStabilizer => _lifts.HasStabilizer;

    /// <inheritdoc/>
    public override bool HasFrames => _options.Frames is not null || !HasStabilizer;

    CoordinateMotions? IKnownMotions.KnownMotions => _options.Motions;

    Tensor? IOrbitOrigins.Origins(Tensor orbits) =>
        _options.Origin?.Invoke(orbits).to(orbits.dtype, orbits.device).expand([.. orbits.shape[..^1], PointDim]);

    /// <summary>Dimension of the stabilizer, counted from the generators: that of the group less that of an orbit.
    /// </summary>
    public int StabilizerDim => _lifts.StabilizerDim;

    /// <summary>Whether <see cref="LieGroup.SampleStabilizer"/> draws uniformly, so that drawn lifts are equivariant in
    /// distribution: by the options, or from the generators where the stabilizer is compact and closed.</summary>
    public bool DrawsStabilizer => _lifts.DrawsStabilizer;

    /// <inheritdoc/>
    protected override Tensor IdentityCore(ScalarType dtype, Device device) =>
        eye(MatrixDim, dtype: dtype, device: device).flatten();

    /// <inheritdoc/>
    protected override Tensor ExpCore(Tensor tangent) =>
        Flat(_options.Exp is null ? MatrixExponential.Compute(Hat(tangent)) : _options.Exp(tangent));

    /// <inheritdoc/>
    protected override Tensor LogCore(Tensor element)
    {
        var matrix = ToMatrix(element);
        matrix = _options.BeforeLog?.Invoke(matrix) ?? matrix;
        return _options.Log is null ? _logarithm.Of(matrix) : _options.Log(matrix);
    }

    /// <inheritdoc/>
    protected override Tensor ComposeCore(Tensor left, Tensor right) => Flat(ToMatrix(left).matmul(ToMatrix(right)));

    /// <inheritdoc/>
    protected override Tensor InverseCore(Tensor element) =>
        Flat(SafeInverse.Compute(ToMatrix(element).to_type(ScalarType.Float64))).to_type(element.dtype);

    /// <inheritdoc/>
    protected override Tensor BetweenCore(Tensor origin, Tensor target)
    {
        var (from, to) = (
            ToMatrix(origin).to_type(ScalarType.Float64), ToMatrix(target).to_type(ScalarType.Float64));
        if (!_isAffine) return Flat(SafeInverse.Compute(from).matmul(to)).to_type(origin.dtype);
        var inverse = SafeInverse.Compute(Homogeneous.Linear(from));
        var shift = inverse.matmul((Homogeneous.Translation(to) - Homogeneous.Translation(from)).unsqueeze(-1));
        return Flat(Homogeneous.Matrix(inverse.matmul(Homogeneous.Linear(to)), shift.squeeze(-1)))
            .to_type(origin.dtype);
    }

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
        if ((options.Samples > 1 || options.SharedAcrossPoints || options.Framed) && _lifts.Limit(options) is { } limit)
            throw new ArgumentException(limit, nameof(options));
        var (lifts, orbits) = _lifts.Of(points, mask, options.Framed);
        lifts = Flat(lifts).unsqueeze(2);                                                          // (g, n, 1, e)
        if (_lifts.DrawsStabilizer && !options.Framed)
        {
            var shape = StabilizerDraws.Shape(points, options);
            lifts = Compose(lifts, SampleStabilizer(shape, points.dtype, points.device, draws));
        }
        return new LiftedElements(lifts.flatten(1, 2), orbits?.repeat_interleave(options.Samples, 1));
    }

    string? ILiftLimits.Limit(LiftOptions options) => _lifts.Limit(options);

    /// <inheritdoc/>
    protected override Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws) =>
        Flat(_lifts.Draw(shape, dtype, device, draws));

    /// <summary>alpha · |log| + (1 - alpha) · |q_u - q_v|, shape (...).</summary>
    protected override Tensor DistanceCore(Tensor relative) => OrbitDistances.Default(this, relative);

    /// <inheritdoc/>
    protected override Tensor PairDistancesCore(LiftedElements queries, LiftedElements support) =>
        PairwiseDistances.FromRelative(this, queries, support);

    private Tensor Flat(Tensor matrix)
    {
        Guard.SquareMatrix(matrix, MatrixDim, Name, nameof(matrix));
        return matrix.reshape([.. matrix.shape[..^2], ElementDim]);
    }

    private static bool HasEmptyLastRow(double[,,] generators)
    {
        var last = generators.GetLength(1) - 1;
        for (var i = 0; i < generators.GetLength(0); i++)
            for (var j = 0; j <= last; j++)
                if (generators[i, last, j] != 0) return false;
        return true;
    }

    private static int Square(int rows) => rows * rows;

    private static MatrixGroupOptions Valid(MatrixGroupOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.IsValid(options.Validate(), nameof(options));
        return options;
    }
}
