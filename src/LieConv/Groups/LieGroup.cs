using LieConv.Numerics;
using LieConv.Randomness;
using static LieConv.Groups.HalfTypes;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>
/// A Lie group that acts on points. Stateless and immutable: one instance serves any dtype, device and batch shape.
/// </summary>
/// <remarks>
/// <para>Elements are kept in a compact form of <see cref="ElementDim"/> numbers (an angle and a translation, a unit
/// quaternion and a translation, a flattened matrix), tangents in the components of the Lie algebra's basis, and both
/// as the last dimension of a tensor whose leading dimensions are arbitrary and broadcast.</para>
/// <para>The relative coordinate of a query u seen from a neighbour v is log(v⁻¹u), equation 5 of
/// Finzi et al. 2020 (arXiv 2002.12880); it is invariant under u, v → gu, gv.</para>
/// <para>All methods throw an <see cref="ArgumentException"/> where the last dimension of an argument is not the
/// group's, an argument is not floating point, or two differ in their element type.</para>
/// <para>A public operation checks its arguments, holds all temporary tensors in a dispose scope, and calls the group's
/// own formula, the method of the same name with Core at its end: a temporary that nothing holds may be finalised while
/// libtorch reads it.</para>
/// </remarks>
public abstract class LieGroup
{
    /// <summary>The weight of the group part in <see cref="Distance"/> where none is given.</summary>
    public const double DefaultAlpha = 0.2;

    /// <summary>Sets the dimensions, which never change.</summary>
    /// <param name="name">The name as typed on the command line, for instance SE2.</param>
    /// <param name="algebraDim">Dimension d of the Lie algebra.</param>
    /// <param name="elementDim">Numbers e in the compact form of an element.</param>
    /// <param name="matrixDim">Rows r of the matrix representation.</param>
    /// <param name="pointDim">Dimension D of the points that the group acts on.</param>
    /// <param name="orbitDim">Numbers q that tell an orbit.</param>
    /// <param name="alpha">Distance weight in [0, 1].</param>
    /// <exception cref="ArgumentException">If alpha is not in [0, 1].</exception>
    protected LieGroup(
        string name, int algebraDim, int elementDim, int matrixDim, int pointDim, int orbitDim,
        double alpha = DefaultAlpha)
    {
        if (!(alpha >= 0 && alpha <= 1))
            throw new ArgumentException($"alpha of {name} is {alpha:R}; expected a number from 0 to 1.", nameof(alpha));
        (Name, AlgebraDim, ElementDim, MatrixDim) = (name, algebraDim, elementDim, matrixDim);
        (PointDim, OrbitDim, Alpha) = (pointDim, orbitDim, alpha);
    }

    /// <summary>The name as typed on the command line, without the distance weight.</summary>
    public string Name { get; }

    /// <summary>Dimension d of the Lie algebra.</summary>
    public int AlgebraDim { get; }

    /// <summary>Numbers e in the compact form of an element.</summary>
    public int ElementDim { get; }

    /// <summary>Rows r of the matrix representation.</summary>
    public int MatrixDim { get; }

    /// <summary>Dimension D of the points that the group acts on.</summary>
    public int PointDim { get; }

    /// <summary>Numbers q that tell the orbit of a point; 0 where all points form one orbit.</summary>
    public int OrbitDim { get; }

    /// <summary>Weight of the rotational (or group) part of the distance, in [0, 1].</summary>
    public double Alpha { get; }

    /// <summary>Numbers d + 2q that the kernel network reads for one pair of points.</summary>
    public int RelativeDim => AlgebraDim + 2 * OrbitDim;

    /// <summary>Whether several lifts of one point differ, that is, whether the stabilizer is non-trivial.</summary>
    public abstract bool HasStabilizer { get; }

    /// <summary>Whether <see cref="LiftOptions.Framed"/> lifts points: the group takes stabilizer elements from frames
    /// of the points, or has a trivial stabilizer.</summary>
    public abstract bool HasFrames { get; }

    /// <summary>The identity, shape (e).</summary>
    public Tensor Identity(ScalarType dtype, Device device)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(IdentityCore(dtype, device));
    }

    /// <summary>The exponential map.</summary>
    /// <param name="tangent">Components, shape (..., d).</param>
    /// <returns>Elements, shape (..., e).</returns>
    public Tensor Exp(Tensor tangent)
    {
        Guard.LastDimension(tangent, AlgebraDim, Name, nameof(tangent));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(ExpCore(Wide(tangent)), tangent.dtype));
    }

    /// <summary>The principal logarithm, the inverse of <see cref="Exp"/> inside its injectivity domain.</summary>
    /// <param name="element">Elements, shape (..., e).</param>
    /// <returns>Components, shape (..., d).</returns>
    public Tensor Log(Tensor element)
    {
        Guard.LastDimension(element, ElementDim, Name, nameof(element));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(LogCore(Wide(element)), element.dtype));
    }

    /// <summary>The product left · right, shape (..., e).</summary>
    public Tensor Compose(Tensor left, Tensor right)
    {
        Guard.LastDimension(left, ElementDim, Name, nameof(left));
        Guard.LastDimension(right, ElementDim, Name, nameof(right));
        Guard.Broadcast(left, right, Name, "left and right");
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(ComposeCore(Wide(left), Wide(right)), left.dtype));
    }

    /// <summary>The inverse element, shape (..., e).</summary>
    public Tensor Inverse(Tensor element)
    {
        Guard.LastDimension(element, ElementDim, Name, nameof(element));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(InverseCore(Wide(element)), element.dtype));
    }

    /// <summary>The element origin⁻¹ · target, which leads from origin to target, shape (..., e).</summary>
    /// <remarks>Differences of positions are taken before they are rotated, so that points far from the origin keep
    /// the digits of their separation.</remarks>
    public Tensor Between(Tensor origin, Tensor target)
    {
        Guard.LastDimension(origin, ElementDim, Name, nameof(origin));
        Guard.LastDimension(target, ElementDim, Name, nameof(target));
        Guard.Broadcast(origin, target, Name, "origin and target");
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(BetweenCore(Wide(origin), Wide(target)), origin.dtype));
    }

    /// <summary>The matrix of an algebra vector, shape (..., r, r).</summary>
    public Tensor Hat(Tensor tangent)
    {
        Guard.LastDimension(tangent, AlgebraDim, Name, nameof(tangent));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(HatCore(Wide(tangent)), tangent.dtype));
    }

    /// <summary>The components of an algebra matrix, shape (..., d); the inverse of <see cref="Hat"/>.</summary>
    public Tensor Vee(Tensor matrix)
    {
        Guard.SquareMatrix(matrix, MatrixDim, Name, nameof(matrix));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(VeeCore(Wide(matrix)), matrix.dtype));
    }

    /// <summary>The matrix of an element, shape (..., r, r).</summary>
    public Tensor ToMatrix(Tensor element)
    {
        Guard.LastDimension(element, ElementDim, Name, nameof(element));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(ToMatrixCore(Wide(element)), element.dtype));
    }

    /// <summary>The element of a matrix, shape (..., e); the inverse of <see cref="ToMatrix"/>.</summary>
    public Tensor FromMatrix(Tensor matrix)
    {
        Guard.SquareMatrix(matrix, MatrixDim, Name, nameof(matrix));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(FromMatrixCore(Wide(matrix)), matrix.dtype));
    }

    /// <summary>Applies elements to points.</summary>
    /// <param name="element">Elements, shape (..., e).</param>
    /// <param name="point">Points, shape (..., D).</param>
    /// <returns>Moved points, shape (..., D).</returns>
    public Tensor Act(Tensor element, Tensor point)
    {
        Guard.LastDimension(element, ElementDim, Name, nameof(element));
        Guard.LastDimension(point, PointDim, Name, nameof(point));
        Guard.Broadcast(element, point, Name, "element and point");
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(ActCore(Wide(element), Wide(point)), element.dtype));
    }

    /// <summary>Lifts points: group elements u with u·o = x for the origin o of the point's orbit.</summary>
    /// <param name="points">Points, shape (g, n, D).</param>
    /// <param name="mask">True for points and false for padding, boolean, shape (g, n); null where nothing is padded.
    /// Padding is lifted, too, but has no influence on the other points.</param>
    /// <param name="options">Lifts a point, and where their stabilizer elements come from.</param>
    /// <param name="draws">Source of the stabilizer draws; not used in a framed lift.</param>
    /// <returns>Elements (g, n·s, e) and orbits (g, n·s, q), the s lifts of a point side by side.</returns>
    public LiftedElements Lift(Tensor points, Tensor? mask, LiftOptions options, Draws draws)
    {
        ArgumentNullException.ThrowIfNull(draws);
        GroupGuard.Lift(points, mask, options, this);
        using var scope = NewDisposeScope();
        return scope.Keep(Narrow(LiftCore(Wide(points), mask, options, draws), points.dtype));
    }

    /// <summary>Lifts points of sets without padding.</summary>
    /// <param name="points">Points, shape (g, n, D).</param>
    /// <param name="options">Lifts a point, and where their stabilizer elements come from.</param>
    /// <param name="draws">Source of the stabilizer draws; not used in a framed lift.</param>
    /// <returns>Elements (g, n·s, e) and orbits (g, n·s, q), the s lifts of a point side by side.</returns>
    public LiftedElements Lift(Tensor points, LiftOptions options, Draws draws) => Lift(points, null, options, draws);

    /// <summary>Elements drawn uniformly from the stabilizer of the origin; the identity where it is trivial.</summary>
    /// <param name="shape">Leading shape of the result.</param>
    /// <param name="dtype">Element type of the result.</param>
    /// <param name="device">Device of the result.</param>
    /// <param name="draws">Source of the draws.</param>
    /// <returns>Elements, shape (shape..., e).</returns>
    public Tensor SampleStabilizer(long[] shape, ScalarType dtype, Device device, Draws draws)
    {
        Guard.Draw(shape, dtype, device);
        ArgumentNullException.ThrowIfNull(draws);
        using var scope = NewDisposeScope();
        var wide = HalfTypes.Contain(dtype) ? ScalarType.Float32 : dtype;
        return scope.MoveToOuter(Narrow(SampleStabilizerCore(shape, wide, device, draws), dtype));
    }

    /// <summary>The distance that decides neighbourhoods, from relative coordinates.</summary>
    /// <param name="relative">Relative elements and orbits [log(v⁻¹u), q_u, q_v], shape (..., d + 2q).</param>
    /// <returns>Distances, shape (...).</returns>
    public Tensor Distance(Tensor relative)
    {
        Guard.LastDimension(relative, RelativeDim, Name, nameof(relative));
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Narrow(DistanceCore(Wide(relative)), relative.dtype));
    }

    /// <summary>Distances of all pairs, without derivatives; groups with a closed form skip the logarithms.</summary>
    /// <param name="queries">Query elements (g, m, e) and orbits (g, m, q).</param>
    /// <param name="support">Neighbour elements (g, n, e) and orbits (g, n, q).</param>
    /// <returns>Distances, shape (g, m, n).</returns>
    public Tensor PairDistances(LiftedElements queries, LiftedElements support)
    {
        GroupGuard.Elements(queries, this, nameof(queries));
        GroupGuard.Elements(support, this, nameof(support));
        GroupGuard.SameGeometries(queries, support, Name);
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(
            Narrow(PairDistancesCore(Wide(queries), Wide(support)), queries.Elements.dtype));
    }

    /// <summary>Adjoint matrices: Ad(g) a = Vee(g Hat(a) g⁻¹), shape (..., d, d).</summary>
    public Tensor Adjoint(Tensor element)
    {
        Guard.LastDimension(element, ElementDim, Name, nameof(element));
        using var scope = NewDisposeScope();
        var basis = Hat(eye(AlgebraDim, dtype: element.dtype, device: element.device));         // (d, r, r)
        var matrix = ToMatrix(element).unsqueeze(-3);                                             // (..., 1, r, r)
        var inverse = ToMatrix(Inverse(element)).unsqueeze(-3);
        return scope.MoveToOuter(Vee(matrix.matmul(basis).matmul(inverse)).transpose(-1, -2));
    }

    /// <summary>The Lie bracket [a, b] in components, shape (..., d).</summary>
    /// <exception cref="ArgumentException">If the leading dimensions do not broadcast or the dtypes differ.</exception>
    public Tensor Bracket(Tensor a, Tensor b)
    {
        Guard.LastDimension(a, AlgebraDim, Name, nameof(a));
        Guard.LastDimension(b, AlgebraDim, Name, nameof(b));
        Guard.Broadcast(a, b, Name, "a and b");
        using var scope = NewDisposeScope();
        var (left, right) = (Hat(a), Hat(b));
        return scope.MoveToOuter(Vee(left.matmul(right) - right.matmul(left)));
    }

    /// <summary>The Baker-Campbell-Hausdorff series of log(exp a · exp b).</summary>
    /// <param name="a">Components, shape (..., d).</param>
    /// <param name="b">Components, shape (..., d).</param>
    /// <param name="order">Highest order of the series, 1 to 4.</param>
    /// <exception cref="ArgumentOutOfRangeException">If the order is not 1 to 4.</exception>
    public Tensor Bch(Tensor a, Tensor b, int order = 4)
    {
        if (order is < 1 or > 4)
            throw new ArgumentOutOfRangeException(nameof(order), order, "The series is given to order 1, 2, 3 or 4.");
        Guard.LastDimension(a, AlgebraDim, Name, nameof(a));
        Guard.LastDimension(b, AlgebraDim, Name, nameof(b));
        Guard.Broadcast(a, b, Name, "a and b");
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(Series(a, b, order));
    }

    private Tensor Series(Tensor a, Tensor b, int order)
    {
        var sum = a + b;
        if (order == 1) return sum;
        var ab = Bracket(a, b);
        sum = sum + ab / Scalars.Of(2);
        if (order == 2) return sum;
        var aab = Bracket(a, ab);
        sum = sum + (aab - Bracket(b, ab)) / Scalars.Of(12);
        return order == 3 ? sum : sum - Bracket(b, aab) / Scalars.Of(24);
    }

    /// <summary>Relative coordinates [log(v⁻¹u), q_u, q_v] of queries u seen from neighbours v.</summary>
    /// <param name="queries">Elements and orbits of the queries, shapes (..., e) and (..., q).</param>
    /// <param name="neighbours">Elements and orbits of the neighbours, of broadcastable shape.</param>
    /// <returns>Relative coordinates, shape (..., d + 2q).</returns>
    public Tensor Relative(LiftedElements queries, LiftedElements neighbours)
    {
        GroupGuard.Elements(queries, this, nameof(queries));
        GroupGuard.Elements(neighbours, this, nameof(neighbours));
        Guard.Broadcast(queries.Elements, neighbours.Elements, Name, "queries and neighbours");
        using var scope = NewDisposeScope();
        var dtype = queries.Elements.dtype;
        (queries, neighbours) = (Wide(queries), Wide(neighbours));
        var log = (this as IFusedRelative)?.RelativeLog(neighbours.Elements, queries.Elements)
            ?? Log(Between(neighbours.Elements, queries.Elements));
        if (OrbitDim == 0) return scope.MoveToOuter(Narrow(log, dtype));
        var shape = log.shape[..^1].Append(OrbitDim).ToArray();
        return scope.MoveToOuter(
            Narrow(cat([log, queries.Orbits!.expand(shape), neighbours.Orbits!.expand(shape)], -1), dtype));
    }

    /// <summary><see cref="Identity"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor IdentityCore(ScalarType dtype, Device device);

    /// <summary><see cref="Exp"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor ExpCore(Tensor tangent);

    /// <summary><see cref="Log"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor LogCore(Tensor element);

    /// <summary><see cref="Compose"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor ComposeCore(Tensor left, Tensor right);

    /// <summary><see cref="Inverse"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor InverseCore(Tensor element);

    /// <summary><see cref="Between"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor BetweenCore(Tensor origin, Tensor target);

    /// <summary><see cref="Hat"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor HatCore(Tensor tangent);

    /// <summary><see cref="Vee"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor VeeCore(Tensor matrix);

    /// <summary><see cref="ToMatrix"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor ToMatrixCore(Tensor element);

    /// <summary><see cref="FromMatrix"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor FromMatrixCore(Tensor matrix);

    /// <summary><see cref="Act"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor ActCore(Tensor element, Tensor point);

    /// <summary><see cref="Lift(Tensor, Tensor?, LiftOptions, Draws)"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract LiftedElements LiftCore(Tensor points, Tensor? mask, LiftOptions options, Draws draws);

    /// <summary><see cref="SampleStabilizer"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor SampleStabilizerCore(long[] shape, ScalarType dtype, Device device, Draws draws);

    /// <summary><see cref="Distance"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor DistanceCore(Tensor relative);

    /// <summary><see cref="PairDistances"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor PairDistancesCore(LiftedElements queries, LiftedElements support);

    /// <summary>The name with its distance weight, as the command line reads it: SE2:0.05.</summary>
    public override string ToString() =>
        Alpha == DefaultAlpha ? Name : FormattableString.Invariant($"{Name}:{Alpha:R}");
}
