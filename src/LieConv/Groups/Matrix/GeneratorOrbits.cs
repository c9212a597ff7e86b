using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>What tells the orbits of a matrix group, and a point of each, found from the generators.</summary>
/// <remarks>
/// <para>A function cᵀx is invariant where cᵀX = 0 for all generators X, a form S on (x, 1) where Xᵀ S + S X = 0. With
/// orbits of dimension ρ there are D - ρ invariants. They are found where all of them are linear, or all but one and the
/// form is nowhere negative across the linear ones: then points of an orbit lie on an ellipsoid or cylinder about the form's
/// least points, and its invariant is their distance from there.</para>
/// <para>Holds plain numbers, no tensors.</para>
/// </remarks>
/// <param name="Count">Numbers q that tell an orbit.</param>
/// <param name="Orbit">Points (..., D) to orbits (..., q).</param>
/// <param name="Origin">Orbits (..., q) to points (..., D).</param>
internal sealed record GeneratorOrbits(int Count, Func<Tensor, Tensor> Orbit, Func<Tensor, Tensor> Origin)
{
    private const double Tolerance = 1e-9;
    private const int Samples = 16;

    /// <exception cref="ArgumentException">The orbits are of no such kind, or the origin is not one: one sentence.
    /// </exception>
    public static GeneratorOrbits Find(string name, AlgebraBasis basis, int dimensions, IReadOnlyList<double>? origin)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var generator = new Generator(5);
        var generators = basis.Generators(ScalarType.Float64, CPU);
        var points = randn([Samples, dimensions], dtype: ScalarType.Float64, generator: generator);
        var rank = Rank(generators, points);
        if (rank == dimensions) return OfOneOrbit(name, generators, points, rank, origin);
        if (origin is not null)
            throw new ArgumentException(
                $"The orbits of {name} have {rank} of {dimensions} dimensions, so that one origin does not do for all points; " +
                "expected none: the origins are found.");
        var velocities = Homogeneous(generators, dimensions).narrow(-2, 0, dimensions);                             // (d, D, D + 1)
        var linear = InvariantForm.Kernel(velocities.transpose(-1, -2).flatten(0, 1));                  // (D, L)
        var missing = dimensions - rank - (int)linear.shape[1];
        var found = missing == 0 ? OfLinear(generators, linear, points, rank)
            : missing == 1 ? OfForm(generators, linear, points, rank)
            : null;
        return found ?? throw new ArgumentException(
            $"The orbits of {name} have {rank} of {dimensions} dimensions, and are told neither by linear functions nor by " +
            "these and one positive form, as they are under translations, rotations and what is alike; expected such a group, " +
            "or one that is made in code (docs/extending.md).");
    }

    private static GeneratorOrbits OfOneOrbit(
        string name, Tensor generators, Tensor points, int rank, IReadOnlyList<double>? origin)
    {
        var dimensions = (int)points.shape[1];
        double[][] candidates = origin is not null ? [[.. origin]] :
        [
            new double[dimensions],
            .. Enumerable.Range(0, dimensions).Select(i => Unit(dimensions, i)),
            [.. Enumerable.Repeat(1.0, dimensions)],
            points[0].data<double>().ToArray(),
        ];
        var chosen = candidates.FirstOrDefault(
            candidate => Rank(generators, tensor(candidate, [1, dimensions], dtype: ScalarType.Float64)) == rank);
        if (chosen is null)
            throw new ArgumentException(
                $"More elements of {name} fix the origin ({Text(candidates[0])}) than other points; expected another.");
        return new GeneratorOrbits(
            0, points => zeros([.. points.shape[..^1], 0], dtype: points.dtype, device: points.device),
            orbits => tensor(chosen, [dimensions], dtype: orbits.dtype, device: orbits.device));
    }

    /// <summary>Orbits are the planes on which linear functions are constant.</summary>
    private static GeneratorOrbits? OfLinear(Tensor generators, Tensor linear, Tensor points, int rank)
    {
        var dimensions = (int)points.shape[1];
        var across = InvariantForm.Kernel(linear.transpose(0, 1));                                      // (D, D - L)
        var feet = points.matmul(linear).matmul(linear.transpose(0, 1));
        Tensor[] shifts =
        [
            zeros(dimensions, dtype: ScalarType.Float64),
            .. Enumerable.Range(0, (int)across.shape[1]).Select(i => across[.., i]), across.sum(1),
        ];
        var shift = shifts.FirstOrDefault(shift => Rank(generators, feet + shift, every: true) == rank);
        if (shift is null) return null;
        var (functions, place) = (Numbers(linear), Numbers(shift));
        var count = (int)linear.shape[1];
        return new GeneratorOrbits(
            count, points => points.matmul(Matrix(functions, dimensions, count, points)),
            orbits => orbits.matmul(Matrix(functions, dimensions, count, orbits).transpose(0, 1)) +
                tensor(place, [dimensions], dtype: orbits.dtype, device: orbits.device));
    }

    /// <summary>Orbits are ellipsoids or cylinders across the linear functions; x = C q + K y.</summary>
    private static GeneratorOrbits? OfForm(Tensor generators, Tensor linear, Tensor points, int rank)
    {
        var dimensions = (int)points.shape[1];
        var (count, across) = ((int)linear.shape[1], InvariantForm.Kernel(linear.transpose(0, 1)));     // (D, L), (D, k)
        if (Form(generators, across) is not { } form) return null;
        var size = (int)across.shape[1];
        var part = form.narrow(0, 0, dimensions).narrow(1, 0, dimensions);
        var metric = across.transpose(0, 1).matmul(part).matmul(across);                                // P, (k, k)
        // The least points over q are y = -P⁺ Kᵀ (A C q + b), and along what P does not measure.
        var (lengths, axes) = linalg.eigh(metric);                                                      // ascending
        var measured = lengths > lengths[-1] * Scalars.Of(Tolerance);
        var inverse = (axes * where(measured, lengths.reciprocal(), zeros_like(lengths))).matmul(axes.transpose(0, 1));
        var slope = -inverse.matmul(across.transpose(0, 1)).matmul(part).matmul(linear);                // (k, L)
        var centre = -inverse.matmul(across.transpose(0, 1)).matmul(form[..dimensions, dimensions].unsqueeze(1)); // (k, 1)
        var longest = axes.shape[1] - measured.sum().item<long>();      // from there the way round an ellipse is the slowest
        var direction = axes.select(1, longest) / lengths[longest].sqrt();
        double[] functions = Numbers(linear), basis = Numbers(across), distance = Numbers(metric), slopes = Numbers(slope),
            centres = Numbers(centre), start = Numbers(direction);

        Tensor Least(Tensor q) => (count == 0 ? zeros([.. q.shape[..^1], size], dtype: q.dtype, device: q.device)
            : q.matmul(Matrix(slopes, size, count, q).transpose(0, 1))) + Matrix(centres, 1, size, q)[0];
        Tensor Orbit(Tensor x)
        {
            var q = x.matmul(Matrix(functions, dimensions, count, x));
            var y = x.matmul(Matrix(basis, dimensions, size, x)) - Least(q);
            var squared = (y.matmul(Matrix(distance, size, size, x)) * y).sum(-1, keepdim: true);
            return cat([q, Polar.SquareRoot(squared.clamp_min(Scalars.Of(0)))], -1);
        }
        Tensor Origin(Tensor orbits)
        {
            var q = orbits.narrow(-1, 0, count);
            var y = Least(q) + orbits.narrow(-1, count, 1) * Matrix(start, 1, size, orbits)[0];
            return q.matmul(Matrix(functions, dimensions, count, orbits).transpose(0, 1)) +
                y.matmul(Matrix(basis, dimensions, size, orbits).transpose(0, 1));
        }
        var (orbits, origins) = (Orbit(points), Origin(Orbit(points)));
        return Rank(generators, origins, every: true) == rank && (Orbit(origins) - orbits).abs().max().item<double>() < 1e-6
            ? new GeneratorOrbits(count + 1, Orbit, Origin)
            : null;
    }

    /// <summary>The one invariant form on (x, 1), nowhere negative across the linear functions, shape (D + 1, D + 1); null where
    /// there are none or several.</summary>
    private static Tensor? Form(Tensor generators, Tensor across)
    {
        var x = Homogeneous(generators, (int)across.shape[0]).unsqueeze(1);                                                 // (d, 1, r, r)
        var rows = x.shape[^1];
        var symmetric = InvariantForm.Symmetric(rows);                                                  // (m, r, r)
        var made = x.transpose(-1, -2).matmul(symmetric) + symmetric.matmul(x);                         // (d, m, r, r)
        var kept = InvariantForm.Kernel(made.flatten(2).transpose(1, 2).flatten(0, 1));                 // (m, p)
        var forms = kept.transpose(0, 1).matmul(symmetric.flatten(1)).reshape(-1, rows, rows);          // (p, r, r)
        var (d, k) = (rows - 1, across.shape[1]);
        var parts = across.transpose(0, 1).matmul(forms.narrow(1, 0, d).narrow(2, 0, d)).matmul(across); // (p, k, k)
        var (left, sizes, _) = linalg.svd(parts.flatten(1), fullMatrices: false);
        var values = sizes.data<double>().ToArray();
        if (values.Length == 0 || values[0] < Tolerance || values.Count(value => value > Tolerance * values[0]) != 1)
            return null;
        var form = (left[.., 0].view(-1, 1, 1) * forms).sum([0L]);
        var part = across.transpose(0, 1).matmul(form.narrow(0, 0, d).narrow(1, 0, d)).matmul(across);
        if (part.diagonal().sum().item<double>() < 0) (form, part) = (-form, -part);
        var lengths = linalg.eigvalsh(part).data<double>().ToArray();
        return lengths.Min() > -1e-8 * lengths.Max() ? form / Scalars.Of(lengths.Max()) : null;
    }

    /// <summary>Generators (d, r, r) as matrices that act on (x, 1), shape (d, D + 1, D + 1).</summary>
    private static Tensor Homogeneous(Tensor generators, int dimensions) => generators.shape[^1] > dimensions
        ? generators
        : nn.functional.pad(generators, [0L, 1, 0, 1]);

    /// <summary>The rank of the velocities: the greatest of the points, or the least.</summary>
    private static int Rank(Tensor generators, Tensor points, bool every = false)
    {
        var sizes = linalg.svdvals(MatrixAction.Velocities(generators, points));                        // (n, min(D, d))
        var ranks = (sizes > (sizes.amax([-1L], keepdim: true) * Scalars.Of(Tolerance)).clamp_min(Scalars.Of(1e-12)))
            .sum(-1);
        return (int)(every ? ranks.min() : ranks.max()).item<long>();
    }

    private static double[] Unit(int count, int at) => [.. Enumerable.Range(0, count).Select(i => i == at ? 1.0 : 0.0)];

    private static double[] Numbers(Tensor values) =>
        values.numel() == 0 ? [] : values.contiguous().data<double>().ToArray();

    private static Tensor Matrix(double[] numbers, int rows, int columns, Tensor like) =>
        tensor(numbers, [rows, columns], dtype: like.dtype, device: like.device);

    private static string Text(double[] point) =>
        string.Join(", ", point.Select(value => FormattableString.Invariant($"{value:G6}")));
}
