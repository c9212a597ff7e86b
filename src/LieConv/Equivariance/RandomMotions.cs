using LieConv.Groups;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Equivariance;

/// <summary>
/// Moves sets of points at random by a group, each set by an element of its own: to augment a training by any symmetry, and
/// to measure whether a model respects it.
/// </summary>
/// <remarks>
/// <para>An element is a product of exponentials of single generators. What a generator does follows from its matrix: it
/// translates (all eigenvalues 0, nothing linear), shears (all eigenvalues 0), scales or squeezes (a real part), or rotates;
/// <see cref="RandomMotionOptions"/> says how far. Of generators that rotate several rounds are taken, after which the
/// product of full rotations is uniform to a few parts in a thousand, whatever their order.</para>
/// <para>Where the group holds all translations, sets are rotated and scaled about their mean, which is a motion of the group,
/// too: about a far origin they would be thrown far away. Elsewhere it is the origin that the group leaves alone.</para>
/// <para>Elements are drawn and applied in double precision on the CPU: they are the same for every element type and device.
/// </para>
/// </remarks>
public sealed class RandomMotions
{
    private const int Rounds = 6;
    private const double Tolerance = 1e-9;

    private readonly RandomMotionOptions _options;
    private readonly Kind[] _kinds;
    private readonly double[] _rates;

    /// <summary>Motions by a group.</summary>
    /// <param name="group">The group, any; one that does nothing leaves sets as they are.</param>
    /// <param name="options">How far; null for full rotations, factors up to 2 and translations of a set's size.</param>
    /// <exception cref="ArgumentException">If the options are not valid.</exception>
    public RandomMotions(LieGroup group, RandomMotionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        _options = options ?? new RandomMotionOptions();
        Guard.IsValid(_options.Validate(), nameof(options));
        (Group, _kinds, _rates) = (group, new Kind[group.AlgebraDim], new double[group.AlgebraDim]);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var matrices = group.AlgebraDim == 0
            ? zeros([0, 1, 1], dtype: ScalarType.Float64)
            : group.Hat(eye(group.AlgebraDim, dtype: ScalarType.Float64));
        for (var i = 0; i < _kinds.Length; i++) (_kinds[i], _rates[i]) = Classify(matrices[i], group.PointDim);
    }

    /// <summary>What a generator does to points.</summary>
    private enum Kind
    {
        Translates,
        Shears,
        Scales,
        Rotates,
    }

    /// <summary>The group.</summary>
    public LieGroup Group { get; }

    /// <summary>Draws elements.</summary>
    /// <param name="sizes">Sizes of the sets, in the units of their coordinates, float64 on the CPU, shape (b).</param>
    /// <param name="generator">Source of the elements, on the CPU.</param>
    /// <returns>Elements in float64, shape (b, e).</returns>
    public Tensor Draw(Tensor sizes, Generator generator)
    {
        Guard.HasShape(sizes, nameof(sizes), "(b)", (long?)null);
        if (sizes.dtype != ScalarType.Float64)
            throw new ArgumentException($"sizes has dtype {sizes.dtype}; expected Float64.", nameof(sizes));
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var b = sizes.shape[0];
        var element = Group.Identity(ScalarType.Float64, CPU).expand([b, Group.ElementDim]);
        var turning = Enumerable.Range(0, _kinds.Length).Where(i => _kinds[i] == Kind.Rotates).ToArray();
        if (turning.Length > 0 && _options.Angle < Math.PI) element = Group.Exp(SmallTurns(turning, b, generator));
        else
            for (var round = 0; round < Rounds; round++)
                foreach (var i in turning) element = Group.Compose(One(i, sizes, generator), element);
        for (var i = 0; i < _kinds.Length; i++)
            if (_kinds[i] != Kind.Rotates) element = Group.Compose(One(i, sizes, generator), element);
        return scope.MoveToOuter(element.contiguous());
    }

    /// <summary>Moves each set by an element of its own.</summary>
    /// <param name="positions">Points, shape (b, n, D).</param>
    /// <param name="mask">True for points and false for padding, which stays as it is, boolean, shape (b, n); null where
    /// nothing is padded.</param>
    /// <param name="generator">Source of the elements, on the CPU.</param>
    /// <returns>New positions, shape (b, n, D).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public Tensor Apply(Tensor positions, Tensor? mask, Generator generator)
    {
        Guard.HasShape(positions, nameof(positions), "(b, n, D)", null, null, Group.PointDim);
        Guard.IsFloating(positions, nameof(positions));
        Guard.IsRowMask(mask, positions.shape.AsSpan(..2), nameof(mask), positions);
        ArgumentNullException.ThrowIfNull(generator);
        using var scope = NewDisposeScope();
        var exact = positions.to(ScalarType.Float64, CPU);
        var valid = (mask?.to(CPU).expand(positions.shape[..2]) ?? ones(positions.shape[..2], ScalarType.Bool))
            .unsqueeze(-1);
        var weights = valid.to(ScalarType.Float64);
        var filled = where(valid, exact, zeros_like(exact));
        var count = weights.sum(1, keepdim: true).clamp_min(Scalars.Of(1.0));                            // (b, 1, 1)
        var mean = filled.sum(1, keepdim: true) / count;
        var offsets = (filled - mean) * weights;
        var sizes = _options.Size is { } size
            ? full([positions.shape[0]], Scalars.Of(size), dtype: ScalarType.Float64)
            : (offsets.square().sum([1L, 2L]) / count.flatten()).sqrt();
        var element = Draw(sizes.detach(), generator).unsqueeze(1);                                      // (b, 1, e)
        var moved = _kinds.Count(kind => kind == Kind.Translates) == Group.PointDim      // independent, so all of them
            ? Group.Act(element, offsets) + mean
            : Group.Act(element, where(valid, filled, Inside(filled, valid)));
        return scope.MoveToOuter(where(valid, moved, exact).to(positions.dtype, positions.device));
    }

    /// <summary>A valid point of each set, or 0, for its padding: what the group acts on is in its domain.</summary>
    private static Tensor Inside(Tensor filled, Tensor valid)
    {
        if (filled.shape[1] == 0) return filled;
        var first = valid.squeeze(-1).to(ScalarType.Int64).argmax(1).view(-1, 1, 1).expand(-1, 1, filled.shape[2]);
        return filled.gather(1, first);
    }

    /// <summary>Elements exp(t X) of one generator, shape (b, e).</summary>
    private Tensor One(int generatorIndex, Tensor sizes, Generator generator)
    {
        var kind = _kinds[generatorIndex];
        var b = sizes.shape[0];
        var numbers = kind == Kind.Translates
            ? randn([b], dtype: ScalarType.Float64, generator: generator)
            : rand([b], dtype: ScalarType.Float64, generator: generator) * Scalars.Of(2) - Scalars.Of(1);
        var amounts = kind switch
        {
            Kind.Translates => numbers * sizes * Scalars.Of(_options.Translation),
            Kind.Scales => numbers * Scalars.Of(Math.Log(_options.Factor)),
            Kind.Rotates => numbers * Scalars.Of(Math.PI),
            _ => numbers,
        };
        var tangent = zeros([b, Group.AlgebraDim], dtype: ScalarType.Float64);
        tangent.select(1, generatorIndex).copy_(amounts / Scalars.Of(_rates[generatorIndex]));
        return Group.Exp(tangent);
    }

    /// <summary>Tangents of rotations in all directions alike, none of which turns by more than the greatest angle, shape
    /// (b, d).</summary>
    private Tensor SmallTurns(int[] turning, long b, Generator generator)
    {
        var direction = randn([b, turning.Length], dtype: ScalarType.Float64, generator: generator);
        var angle = rand([b, 1], dtype: ScalarType.Float64, generator: generator) * Scalars.Of(_options.Angle);
        var components = direction / direction.norm(-1, keepdim: true).clamp_min(Scalars.Of(1e-300)) * angle;
        var tangent = zeros([b, Group.AlgebraDim], dtype: ScalarType.Float64);
        for (var i = 0; i < turning.Length; i++)
            tangent.select(1, turning[i]).copy_(components.select(1, i) / Scalars.Of(_rates[turning[i]]));
        return tangent;
    }

    /// <summary>What a generator does, and how fast: its angular velocity, the rate at which it scales, or its length.
    /// </summary>
    private static (Kind Kind, double Rate) Classify(Tensor matrix, int pointDim)
    {
        var rows = matrix.shape[0];
        var size = matrix.norm().item<double>();
        var power = matrix / Scalars.Of(size);
        for (var i = 1; i < rows; i++) power = power.matmul(matrix / Scalars.Of(size));
        if (power.abs().max().item<double>() < Tolerance)
            return matrix.narrow(0, 0, pointDim).narrow(1, 0, pointDim).abs().max().item<double>() < Tolerance * size
                ? (Kind.Translates, size)
                : (Kind.Shears, size);
        // In an oblique basis: LAPACK's QR iteration may cycle for skew-symmetric matrices.
        var oblique = eye(rows, dtype: matrix.dtype) +
            tril(ones([rows, rows], dtype: matrix.dtype), -1) * Scalars.Of(0.3);
        var values = linalg.eigvals(oblique.matmul(matrix).matmul(linalg.inv(oblique)));
        var growth = values.real.abs().max().item<double>();
        if (growth > 1e-7 * size) return (Kind.Scales, growth);
        var turning = values.imag.abs().data<double>().ToArray();
        return (Kind.Rotates, turning.Where(rate => rate > 1e-7 * size).Min());
    }
}
