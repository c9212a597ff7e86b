using static TorchSharp.torch;

namespace LieConv.Numerics;

/// <summary>
/// Rotations of space as unit quaternions (w, x, y, z), q and -q being the same rotation. All operations broadcast.
/// </summary>
/// <remarks>The logarithm uses the tangent of a quarter of the angle, tan(θ/4) = |v| / (1 + w) with w ≥ 0, which lies
/// between 0 and 1: exact at 0 and at π alike, with no cancellation and no branch but the sign of w.</remarks>
internal static class UnitQuaternion
{
    /// <summary>tan²(θ/4) below this uses the series of atan: thirteen terms leave 1e-17, six 5e-9.</summary>
    private const double ArctangentThreshold = 1.0 / 16;

    /// <summary>Directions whose sine squared to e_x is below this lie on the axis, to round-off.</summary>
    private const double OnAxis = 1e-30;
    private const double OnAxisSingle = 1e-14;

    private static readonly double[] ArctangentTerms =
        [.. Enumerable.Range(0, 13).Select(k => (k % 2 == 0 ? 1.0 : -1.0) / (2 * k + 1))];

    /// <summary>The rotation by |w| about w: (cos |w|/2, w sin(|w|/2) / |w|).</summary>
    public static Tensor Exp(Tensor rotationVector)
    {
        var quarter = (rotationVector * rotationVector).sum(-1, keepdim: true) / Scalars.Of(4);
        return cat([SafeSeries.Cosine(quarter), rotationVector * (SafeSeries.Sinc(quarter) / Scalars.Of(2))], -1);
    }

    /// <summary>The rotation vector of length at most π.</summary>
    public static Tensor Log(Tensor q)
    {
        var (w, v) = Split(q);
        var negative = w.detach() < Scalars.Of(0);
        w = where(negative, -w, w);
        var scale = Scalars.Of(4) / (w + Scalars.Of(1));
        var tangentSquared = (v * v).sum(-1, keepdim: true) * scale * scale / Scalars.Of(16);
        var ratio = SafeSeries.Evaluate(
            tangentSquared, ArctangentTerms, s => { var x = s.sqrt(); return x.atan() / x; }, ArctangentThreshold);
        return v * where(negative, -scale, scale) * ratio;
    }

    /// <summary>The product a b: first b, then a.</summary>
    public static Tensor Multiply(Tensor a, Tensor b)
    {
        var ((aw, av), (bw, bv)) = (Split(a), Split(b));
        return cat([aw * bw - (av * bv).sum(-1, keepdim: true), bv * aw + av * bw + Cross(av, bv)], -1);
    }

    /// <summary>The product a b, brought back to unit length: over many products the length would walk away with the
    /// rounding of each.</summary>
    /// <remarks>One step of Newton's method for 1/√(q·q) from 1, which squares the deviation; it divides by nothing, so
    /// that derivatives are finite whatever padding holds.</remarks>
    public static Tensor Product(Tensor a, Tensor b)
    {
        var product = Multiply(a, b);
        return product * (Scalars.Of(1.5) - (product * product).sum(-1, keepdim: true) * Scalars.Of(0.5));
    }

    /// <summary>The inverse rotation.</summary>
    public static Tensor Conjugate(Tensor q)
    {
        var (w, v) = Split(q);
        return cat([w, -v], -1);
    }

    /// <summary>The rotated vectors, shape (..., 3).</summary>
    public static Tensor Rotate(Tensor q, Tensor vector)
    {
        var (w, v) = Split(q);
        var twice = Cross(v, vector) * Scalars.Of(2);
        return vector + twice * w + Cross(v, twice);
    }

    /// <summary>Rotations by angles about a coordinate axis (0, 1 or 2), shape (..., 4).</summary>
    public static Tensor AboutAxis(Tensor angle, int axis)
    {
        var half = angle / Scalars.Of(2);
        var components = new[] { half.cos(), zeros_like(half), zeros_like(half), zeros_like(half) };
        components[axis + 1] = half.sin();
        return stack(components, -1);
    }

    /// <summary>The minimal rotation that carries e_x to the direction of p.</summary>
    /// <remarks>It is not unique at -e_x: there the half turn about e_z is taken. At the origin: the identity. Both
    /// have derivative 0; the true derivative grows without bound towards -e_x.</remarks>
    public static Tensor FromXAxisTo(Tensor p)
    {
        var (x, y, z) = (p.narrow(-1, 0, 1), p.narrow(-1, 1, 1), p.narrow(-1, 2, 1));
        var radius = (p * p).sum(-1, keepdim: true);
        var central = Polar.AtOrigin(radius);
        radius = where(central, ones_like(x), radius).sqrt();
        var off = (y * y + z * z) / (radius * radius);                                  // sine squared of the angle
        var onAxis = off.detach() < Scalars.Of(p.dtype == ScalarType.Float64 ? OnAxis : OnAxisSingle);
        var sine = where(onAxis, ones_like(off), off).sqrt();
        var cosine = where(central, ones_like(x), x / radius);
        (y, z) = (y / radius, z / radius);
        // In front (1 + c, 0, -z, y) up to its length; behind, where 1 + c cancels, the same divided by the sine.
        var front = cosine.detach() >= Scalars.Of(0);
        var ahead = cat([cosine + Scalars.Of(1), zeros_like(x), -z, y], -1);
        var axis = where(onAxis, cat([zeros_like(y), ones_like(y)], -1), cat([-z, y], -1) / sine);
        var behind = cat([where(onAxis, zeros_like(sine), sine) / (Scalars.Of(1) - where(front, zeros_like(x), cosine)),
            zeros_like(x), axis], -1);
        var q = where(front, ahead, behind);
        return q / (q * q).sum(-1, keepdim: true).sqrt();
    }

    /// <summary>Rotation matrices, shape (..., 3, 3).</summary>
    public static Tensor ToMatrix(Tensor q)
    {
        var c = q.unbind(-1);
        var (w, x, y, z) = (c[0], c[1], c[2], c[3]);
        Tensor[] rows =
        [
            Scalars.Of(1) - (y * y + z * z) * Scalars.Of(2), (x * y - w * z) * Scalars.Of(2), (x * z + w * y) *
                Scalars.Of(2),
            (x * y + w * z) * Scalars.Of(2), Scalars.Of(1) - (x * x + z * z) * Scalars.Of(2), (y * z - w * x) *
                Scalars.Of(2),
            (x * z - w * y) * Scalars.Of(2), (y * z + w * x) * Scalars.Of(2), Scalars.Of(1) - (x * x + y * y) *
                Scalars.Of(2),
        ];
        return stack(rows, -1).reshape([.. w.shape, 3, 3]);
    }

    /// <summary>The quaternion of rotation matrices, by its largest component.</summary>
    /// <remarks>Row i of the matrix 4 q qᵀ, read off the rotation, is a multiple of q by 4 qᵢ; the row with the largest
    /// diagonal entry has qᵢ² ≥ 1/4, so that nothing cancels (Shepperd 1978,
    /// https://doi.org/10.2514/3.55767b).</remarks>
    public static Tensor FromMatrix(Tensor matrix)
    {
        Tensor M(int row, int column) => matrix.select(-2, row).select(-1, column);
        var (a, b, c) = (M(2, 1) - M(1, 2), M(0, 2) - M(2, 0), M(1, 0) - M(0, 1));
        var (xy, xz, yz) = (M(0, 1) + M(1, 0), M(0, 2) + M(2, 0), M(1, 2) + M(2, 1));
        var (xx, yy, zz) = (M(0, 0), M(1, 1), M(2, 2));
        Tensor[] diagonal = [xx + yy + zz + Scalars.Of(1), xx - yy - zz + Scalars.Of(1), yy - xx - zz + Scalars.Of(1),
            zz - xx - yy + Scalars.Of(1)];
        Tensor[] entries =
        [
            diagonal[0], a, b, c, a, diagonal[1], xy, xz, b, xy, diagonal[2], yz, c, xz, yz, diagonal[3],
        ];
        var outer = stack(entries, -1).reshape([.. xx.shape, 4, 4]);
        var largest = stack(diagonal, -1).detach().argmax(-1, keepdim: true).unsqueeze(-1);        // (..., 1, 1)
        var row = outer.gather(-2, largest.expand([.. xx.shape, 1, 4])).squeeze(-2);
        return row / (row * row).sum(-1, keepdim: true).sqrt();
    }

    /// <summary>The vector product of the last dimension, broadcast.</summary>
    public static Tensor Cross(Tensor a, Tensor b)
    {
        var ((ax, ay, az), (bx, by, bz)) = (Components(a), Components(b));
        return stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], -1);
    }

    private static (Tensor W, Tensor V) Split(Tensor q) => (q.narrow(-1, 0, 1), q.narrow(-1, 1, 3));

    private static (Tensor X, Tensor Y, Tensor Z) Components(Tensor v) =>
        (v.select(-1, 0), v.select(-1, 1), v.select(-1, 2));
}
