using LieConv.Numerics;
using static LieConv.Groups.HalfTypes;
using static TorchSharp.torch;

namespace LieConv.Groups;

// The Lie algebra: its matrices, and what the group does to it.
public abstract partial class LieGroup
{
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

    /// <summary><see cref="Hat"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor HatCore(Tensor tangent);

    /// <summary><see cref="Vee"/> of arguments that are checked; temporaries are held.</summary>
    protected abstract Tensor VeeCore(Tensor matrix);
}
