using LieConv.Numerics;
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
public abstract partial class LieGroup
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

    /// <summary><see cref="ToMatrix"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor ToMatrixCore(Tensor element);

    /// <summary><see cref="FromMatrix"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor FromMatrixCore(Tensor matrix);

    /// <summary><see cref="Act"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor ActCore(Tensor element, Tensor point);

    /// <summary>The name with its distance weight, as the command line reads it: SE2:0.05.</summary>
    public override string ToString() =>
        Alpha == DefaultAlpha ? Name : FormattableString.Invariant($"{Name}:{Alpha:R}");
}
