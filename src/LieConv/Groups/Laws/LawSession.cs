using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>The cases that laws are checked on, and the results.</summary>
internal sealed class LawSession(LieGroup group, GroupLawsOptions options, Generator generator)
{
    private const double MostGenericAngle = 2.5;
    private const double GenericSize = 0.7;
    private const double TinySize = 1e-7;

    /// <summary>In groups where few tangents rotate, such as SL(2), one draw may have none.</summary>
    private const int CutAttempts = 16;

    /// <summary>Where rotations make up less of a tangent than this, it is not scaled up to the cut locus.</summary>
    private const double LeastRotation = 0.3;

    private readonly List<LawResult> _results = [];

    public LieGroup Group => group;

    public IReadOnlyList<LawResult> Results => _results;

    public GeneratorDraws Draws { get; } = new(generator);

    public GroupLawsOptions Options => options;

    /// <summary>Whether lifts with drawn stabilizer elements are said to be equivariant in distribution.</summary>
    public bool IsDrawn => (group as ILiftLimits)?.Limit(LiftOptions.Default) is null;

    /// <summary>Several lifts a point where the group has them.</summary>
    public LiftOptions Lifts(int samples) => new() { Samples = group.HasStabilizer && IsDrawn ? samples : 1 };

    /// <summary>Standard normal numbers, in double precision and exactly representable in the dtype.</summary>
    public Tensor Normal(ScalarType dtype, params long[] shape) =>
        randn(shape, dtype: ScalarType.Float64, generator: generator).to(dtype);

    /// <summary>Tangents of a regime, shape (samples, d); null where the regime has none.</summary>
    public Tensor? Tangents(TangentRegime regime, ScalarType dtype, int algebraDim)
    {
        var normal = Normal(ScalarType.Float64, options.Samples, algebraDim);
        switch (regime)
        {
            case TangentRegime.Zero: return zeros_like(normal).to(dtype);
            case TangentRegime.Tiny: return (normal * Scalars.Of(TinySize)).to(dtype);
            case TangentRegime.NearCut: return NearCut(dtype, algebraDim);
            default: break;
        }
        var tangents = normal * Scalars.Of(GenericSize);
        return (tangents / (Rotation(tangents) / Scalars.Of(MostGenericAngle)).clamp_min(Scalars.Of(1))).to(dtype);
    }

    /// <summary>Tangents scaled so that they rotate by almost π; null if none rotates.</summary>
    private Tensor? NearCut(ScalarType dtype, int algebraDim)
    {
        var gap = dtype == ScalarType.Float64 ? options.CutGap.Float64 : options.CutGap.Float32;
        for (var attempt = 0; attempt < CutAttempts; attempt++)
        {
            var tangents = Normal(ScalarType.Float64, options.Samples, algebraDim) * Scalars.Of(GenericSize);
            var rotation = Rotation(tangents);
            var rotates = rotation > tangents.norm(-1, keepdim: true) * Scalars.Of(LeastRotation);
            if (!rotates.any().item<bool>()) continue;
            var scale = Scalars.Of(Math.PI - gap) / where(rotates, rotation, ones_like(rotation));
            return (tangents * where(rotates, scale, ones_like(scale))).to(dtype);
        }
        return null;
    }

    /// <summary>Points of the group's domain, shape (1, samples, D).</summary>
    public Tensor Points(ScalarType dtype)
    {
        var normal = Normal(ScalarType.Float64, 1, options.Samples, group.PointDim);
        var map = options.Points ?? group.ToDomain;
        return map(normal).to(dtype);
    }

    /// <summary>Records the largest difference of two tensors, relative where the expected one exceeds 1.</summary>
    public void Record(
        string law, TangentRegime regime, Tensor actual, Tensor expected, (double Float64, double Float32) tolerance)
    {
        var dtype = actual.dtype;
        var size = expected.abs().to_type(ScalarType.Float64);
        size = size.numel() == 0 ? tensor(1.0) : size.max().clamp_min(Scalars.Of(1));
        var difference = ((actual - expected).abs().to_type(ScalarType.Float64) / size).flatten();
        var error = difference.numel() == 0 ? 0 : difference.max().item<double>();
        var most = dtype == ScalarType.Float64 ? tolerance.Float64 : tolerance.Float32;
        Record(law, regime, dtype, error, most * options.ToleranceFactor);
    }

    /// <summary>Records a number that no precision of the logarithm excuses.</summary>
    public void Record(string law, TangentRegime regime, ScalarType dtype, double error, double tolerance) =>
        _results.Add(new LawResult(law, regime, dtype, error, tolerance));

    /// <summary>The largest rotation in tangents: the largest imaginary part of the eigenvalues of their matrices,
    /// shape (samples, 1). The logarithm inverts the exponential where it is below π.</summary>
    /// <remarks>The matrices are changed to an oblique basis first: LAPACK's QR iteration may cycle for skew-symmetric
    /// ones.</remarks>
    private Tensor Rotation(Tensor tangents)
    {
        var oblique = eye(group.MatrixDim, dtype: tangents.dtype) + tril(ones(
            group.MatrixDim, group.MatrixDim, dtype: tangents.dtype), -1) * Scalars.Of(0.3);
        var matrices = oblique.matmul(group.Hat(tangents)).matmul(linalg.inv(oblique));
        return linalg.eigvals(matrices).imag.abs().amax([-1L], keepdim: true);
    }
}
