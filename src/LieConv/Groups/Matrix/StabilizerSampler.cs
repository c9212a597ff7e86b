using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>Uniform draws from the connected part of a compact stabilizer, from its algebra alone.</summary>
/// <remarks>
/// <para>The algebra is the sum of its centre and of its semisimple part. A centre of one dimension is a circle
/// where the frequencies of its generator are multiples of one: a uniform angle draws from it. In the semisimple part a
/// product of exponentials with random components tends to the uniform distribution exponentially fast, whatever the
/// components' distribution: <see cref="Factors"/> leave less than round-off.</para>
/// <para>Holds plain numbers, no tensors.</para>
/// </remarks>
internal sealed class StabilizerSampler
{
    private const int Factors = 32;

    /// <summary>Frequencies of a circle are at most this many times the base frequency.</summary>
    private const int MostTurns = 64;

    private readonly AlgebraBasis _basis;
    private readonly double[] _circle;
    private readonly double[] _walk;

    private StabilizerSampler(AlgebraBasis basis, double[] circle, double[] walk) =>
        (_basis, _circle, _walk) = (basis, circle, walk);

    /// <summary>A sampler of a stabilizer; null where it is not known to be compact and closed.</summary>
    public static StabilizerSampler? Create(AlgebraBasis basis, Stabilizer stabilizer)
    {
        if (stabilizer is not { Dimension: > 0, IsCommon: true, IsCompact: true }) return null;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (k, d) = (stabilizer.Dimension, basis.Count);
        var algebra = tensor(stabilizer.Algebra.ToArray(), [k, d], dtype: ScalarType.Float64);
        var brackets = basis.Brackets(algebra).matmul(algebra.transpose(0, 1));                      // (k, d, k)
        var centre = InvariantForm.Kernel(brackets.flatten(0, 1)).transpose(0, 1).matmul(algebra);   // (z, d)
        if (centre.shape[0] > 1) return null;
        double[] circle = [];
        if (centre.shape[0] == 1)
        {
            if (BaseFrequency(basis.Hat(centre[0])) is not { } frequency) return null;
            circle = [.. centre[0].contiguous().data<double>().Select(component => component / frequency)];
        }
        var semisimple = brackets.transpose(1, 2).flatten(0, 1);                                     // (k², d)
        var (_, sizes, right) = linalg.svd(semisimple, fullMatrices: false);
        var directions = right.narrow(0, 0, Math.Min(k - centre.shape[0], right.shape[0]));
        if (directions.shape[0] == 0) return new StabilizerSampler(basis, circle, []);
        var fastest = Frequencies(basis.Hat(directions)).amax([-1L], keepdim: true);
        return new StabilizerSampler(basis, circle, (directions / fastest).contiguous().data<double>().ToArray());
    }

    /// <summary>Matrices, shape (shape..., r, r).</summary>
    public Tensor Draw(long[] shape, ScalarType dtype, Device device, Draws draws)
    {
        var d = _basis.Count;
        var result = eye(_basis.Rows, dtype: ScalarType.Float64, device: device);
        if (_circle.Length > 0)
        {
            var angles = draws.Angles([.. shape, 1], ScalarType.Float64, device);
            result = Exponential(angles.matmul(tensor(_circle, [1, d], dtype: ScalarType.Float64, device: device)));
        }
        if (_walk.Length == 0) return result.to_type(dtype);
        var walk = tensor(_walk, [_walk.Length / d, d], dtype: ScalarType.Float64, device: device);
        var components = draws.Angles([Factors, .. shape, _walk.Length / d], ScalarType.Float64, device);
        var factors = Exponential((components - Scalars.Of(Math.PI)).matmul(walk));                  // (f, ..., r, r)
        for (var i = 0; i < Factors; i++) result = result.matmul(factors[i]);
        return result.to_type(dtype);
    }

    private Tensor Exponential(Tensor tangent) => MatrixExponential.Compute(_basis.Hat(tangent));

    /// <summary>The frequency that all frequencies of a generator are multiples of; null where there is none, and its
    /// powers never return to the identity.</summary>
    private static double? BaseFrequency(Tensor generator)
    {
        var frequencies = Frequencies(generator).data<double>().ToArray();
        var largest = frequencies.Max();
        var moving = frequencies.Where(f => f > 1e-9 * largest).ToList();
        if (largest == 0) return null;
        for (var turns = 1; turns <= MostTurns; turns++)
        {
            var frequency = moving.Min() / turns;
            if (moving.All(f => Math.Abs((f / frequency) - Math.Round(f / frequency)) < 1e-7)) return frequency;
        }
        return null;
    }

    /// <summary>Absolute imaginary parts of the eigenvalues of matrices (..., r, r), shape (..., r).</summary>
    /// <remarks>In an oblique basis: LAPACK's QR iteration may cycle for skew-symmetric matrices.</remarks>
    private static Tensor Frequencies(Tensor matrices)
    {
        var rows = matrices.shape[^1];
        var oblique = eye(rows, dtype: matrices.dtype) +
            tril(ones(rows, rows, dtype: matrices.dtype), -1) * Scalars.Of(0.3);
        return linalg.eigvals(oblique.matmul(matrices).matmul(linalg.inv(oblique))).imag.abs();
    }
}
