using LieConv.Numerics;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>How a matrix group lifts points: its sections, its stabilizer and its frames.</summary>
internal sealed class MatrixLifts
{
    /// <summary>How far a point may be off its orbit, relative to its size, in double and in lower precision.</summary>
    private static readonly (double Float64, double Other) OffOrbit = (1e-7, 1e-3);

    private readonly MatrixGroupOptions _options;
    private readonly AlgebraBasis _basis;
    private readonly Stabilizer _stabilizer;
    private readonly StabilizerSampler? _sampler;
    private readonly Lazy<bool> _mayShare;

    /// <exception cref="ArgumentException">If draws of a stabilizer are given that is not compact.</exception>
    public MatrixLifts(MatrixGroupOptions options, AlgebraBasis basis)
    {
        using var scope = NewDisposeScope();
        (_options, _basis) = (options, basis);
        using (no_grad()) _stabilizer = new Stabilizer(basis, options.PointDim, MatrixOrigins.Compute(options));
        if (options.Stabilizer is not null && _stabilizer.IsCompact == false)
            throw new ArgumentException(
                $"The stabilizer of {options.Name} is not compact: no draws of it are uniform, so that no drawn lift " +
                "is equivariant; expected no Stabilizer, and Frames for networks.", nameof(options));
        _sampler = options.Stabilizer is null ? StabilizerSampler.Create(basis, _stabilizer) : null;
        _mayShare = new Lazy<bool>(MayShare);
    }

    public int StabilizerDim => _stabilizer.Dimension;

    public bool HasStabilizer => StabilizerDim > 0 || _options.Stabilizer is not null;

    public bool DrawsStabilizer => _options.Stabilizer is not null || _sampler is not null;

    /// <inheritdoc cref="ILiftLimits.Limit"/>
    public string? Limit(LiftOptions options)
    {
        var name = _options.Name;
        if (options.Framed && _options.Frames is not null)
            return options is { Samples: 1, SharedAcrossPoints: false } ? null :
                $"{name} lifts a point in the one way that its Frames tell; expected 1 sample, not shared.";
        if (!HasStabilizer) return null;
        if (!DrawsStabilizer)
            return $"Elements of {name} that fix a point have {StabilizerDim} dimensions and " +
                (_stabilizer.IsCompact == false
                    ? "are not compact, so that no draws of them are uniform and no drawn lift is equivariant; " +
                      "expected a framed lift with Frames in MatrixGroupOptions, or a smaller group."
                    : "cannot be drawn from the generators alone; expected a Stabilizer in MatrixGroupOptions that " +
                      "draws them uniformly.");
        return options is { SharedAcrossPoints: true, Framed: false } && !_mayShare.Value
            ? $"Stabilizer elements of {name} that points share do not make an equivariant lift, since a motion " +
              "turns the lifts of its points by different ones; expected draws for each point."
            : null;
    }

    /// <summary>Matrices, shape (shape..., r, r).</summary>
    public Tensor Draw(long[] shape, ScalarType dtype, Device device, Draws draws)
    {
        if (_options.Stabilizer is { } given) return given(shape, dtype, device, draws);
        if (_sampler is not null) return _sampler.Draw(shape, dtype, device, draws);
        if (HasStabilizer) throw new ArgumentException(Limit(LiftOptions.Default));
        return eye(_basis.Rows, dtype: dtype, device: device).expand([.. shape, _basis.Rows, _basis.Rows]);
    }

    /// <summary>Matrices that carry origins to points (g, n, D), shape (g, n, r, r), and orbits (g, n, q).</summary>
    public (Tensor Lifts, Tensor? Orbits) Of(Tensor points, Tensor? mask, bool framed)
    {
        var filled = mask is null ? points : Filled(points, mask);
        var orbits = _options.Orbit?.Invoke(filled);
        if (orbits is not null)
            Guard.LastDimension(orbits, _options.OrbitDim, _options.Name, nameof(MatrixGroupOptions.Orbit));
        if (framed && _options.Frames is { } frames) return (Frames(frames(filled, mask), points, mask), orbits);
        return (_options.Section is { } section ? section(Regular(filled, mask)) : Numerical(filled), orbits);
    }

    /// <summary>Refuses points that more elements fix than others, which a section cannot lift equivariantly.</summary>
    private Tensor Regular(Tensor points, Tensor? mask)
    {
        if (mask is not null && !mask.any().item<bool>()) return points;
        return SingularPoints.First(_basis, _stabilizer.Rank, points) is { } point
            ? throw new ArgumentException(
                $"More elements of {_options.Name} fix the point {point} than other points, so that no lift of it by " +
                "the Section is equivariant; expected sets without it.", nameof(points))
            : points;
    }

    /// <summary>Points with those of the padding replaced by a valid one, which every section can lift.</summary>
    private static Tensor Filled(Tensor points, Tensor mask)
    {
        var valid = mask.flatten().nonzero();
        if (valid.numel() == 0) return points;
        var any = points.detach().flatten(0, 1)[valid[0].item<long>()];
        return where(mask.unsqueeze(-1), points, any);
    }

    private Tensor Frames(Tensor frames, Tensor points, Tensor? mask)
    {
        Guard.HasShape(
            frames, nameof(MatrixGroupOptions.Frames), "(g, n, r, r)", points.shape[0], points.shape[1], _basis.Rows,
            _basis.Rows);
        if (mask is not null)
            frames = where(
                mask.unsqueeze(-1).unsqueeze(-1), frames,
                eye(_basis.Rows, dtype: frames.dtype, device: frames.device));
        var ended = frames.detach().isfinite().flatten(1).all(1).logical_not().nonzero();
        if (ended.numel() > 0)
            throw new ArgumentException(
                $"The points of item {ended[0, 0].item<long>()} have no frame under {_options.Name}; expected sets " +
                "whose Frames are finite.", nameof(points));
        return frames;
    }

    /// <summary>In double precision whatever the points' is: near the end of an orbit's range, as near the light cone
    /// of SO(1,2), its invariants cancel.</summary>
    private Tensor Numerical(Tensor points)
    {
        var exact = points.to_type(ScalarType.Float64);
        var orbits = _options.Orbit?.Invoke(exact) ??
            zeros([.. points.shape[..^1], 0], dtype: exact.dtype, device: exact.device);
        var origins = _options.Origin!(orbits).to(exact.dtype, exact.device).expand(exact.shape);
        var tolerance = points.dtype == ScalarType.Float64 ? OffOrbit.Float64 : OffOrbit.Other;
        var dim = points.shape[^1];
        return new NumericalSection(_options.Name, _basis, _stabilizer)
            .Solve(origins.reshape(-1, dim), exact.reshape(-1, dim), tolerance)
            .to_type(points.dtype).reshape([.. points.shape[..^1], _basis.Rows, _basis.Rows]);
    }

    /// <summary>Whether u(g x) = g u(x) k with one k for all points x, so that a shared stabilizer element stays
    /// shared: so it is where the section is a normal subgroup, as the translations of SE(2).</summary>
    private bool MayShare()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var origins = MatrixOrigins.Compute(_options);
        if (origins.shape[0] == 0) return false;
        using var generator = new Generator(2);
        Tensor Element(long count) => MatrixExponential.Compute(_basis.Hat(
            randn([count, _basis.Count], dtype: ScalarType.Float64, generator: generator) * Scalars.Of(0.3)));
        var points = MatrixAction.Apply(Element(4), origins[0]).unsqueeze(0);                        // (1, 4, D)
        var motion = Element(1);
        var still = Of(points, null, false).Lifts;
        var moved = Of(MatrixAction.Apply(motion, points), null, false).Lifts;
        var turns = linalg.inv(moved).matmul(motion.matmul(still));                                  // (1, 4, r, r)
        return (turns - turns.narrow(1, 0, 1)).abs().max().item<double>() < 1e-6;
    }
}
