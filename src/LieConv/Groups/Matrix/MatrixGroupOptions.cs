using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Groups;

/// <summary>A user-defined matrix group: its generators, and whatever is known in closed form.</summary>
/// <remarks>Matrices have shape (..., r, r). With r = D the matrices act on the points, with r = D + 1 on their
/// homogeneous coordinates (x, 1).</remarks>
public sealed record MatrixGroupOptions
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>A basis of the Lie algebra, closed under the bracket, shape (d, r, r).</summary>
    public required double[,,] Generators { get; init; }

    /// <summary>Dimension D of the points; r or r - 1.</summary>
    public required int PointDim { get; init; }

    /// <summary>Weight of the logarithm in the distance, in [0, 1].</summary>
    /// <value>0.2</value>
    public double Alpha { get; init; } = LieGroup.DefaultAlpha;

    /// <summary>Exponential map, tangents (..., d) to matrices.</summary>
    /// <value>null: the matrix exponential.</value>
    public Func<Tensor, Tensor>? Exp { get; init; }

    /// <summary>Principal logarithm, matrices to tangents (..., d).</summary>
    /// <value>null: inverse scaling and squaring.</value>
    public Func<Tensor, Tensor>? Log { get; init; }

    /// <summary>Maps each matrix to one that has a real logarithm, before the logarithm is taken: for groups whose
    /// exponential map does not reach every element, such as SL(2), where the elements of trace below -2 are minus
    /// an exponential. A function of the matrix alone, so that relative coordinates stay invariant.</summary>
    /// <value>null: every element is an exponential.</value>
    public Func<Tensor, Tensor>? BeforeLog { get; init; }

    /// <summary>Numbers q that tell an orbit; 0 where all points form one.</summary>
    /// <value>0</value>
    public int OrbitDim { get; init; }

    /// <summary>Invariants of the points, (..., D) to (..., q); needed where <see cref="OrbitDim"/> is not 0.</summary>
    /// <value>null</value>
    public Func<Tensor, Tensor>? Orbit { get; init; }

    /// <summary>Matrices that carry the origin of its orbit to each point, (..., D) to (..., r, r).</summary>
    /// <value>null: found numerically from <see cref="Origin"/>; the functions then work in double precision.</value>
    public Func<Tensor, Tensor>? Section { get; init; }

    /// <summary>The origin of each orbit, orbits (..., q) to points (..., D); with q = 0 the argument has shape
    /// (..., 0) and one point serves all.</summary>
    /// <value>null; needed where <see cref="Section"/> is null.</value>
    public Func<Tensor, Tensor>? Origin { get; init; }

    /// <summary>Draws elements that fix the origin, uniformly: leading shape, dtype, device, draws to matrices.
    /// </summary>
    /// <value>null: drawn from the algebra of the stabilizer where that is compact and closed; needed where the
    /// stabilizer is not connected. Where it is not compact no draws are uniform, and none are taken.</value>
    public Func<long[], ScalarType, Device, Draws, Tensor>? Stabilizer { get; init; }

    /// <summary>Lifts that move with the set, for <see cref="LiftOptions.Framed"/>: points (g, n, D) and their mask
    /// (g, n), null without padding, to matrices (g, n, r, r) that carry the origin to each point, with frames(g x) =
    /// g frames(x). NaN where a set has no frame, which is refused.</summary>
    /// <value>null: groups with a stabilizer have no framed lift.</value>
    public Func<Tensor, Tensor?, Tensor>? Frames { get; init; }

    /// <summary>The group's motions, where they are all rotations, translations and scalings of some coordinates and
    /// no others: what <see cref="LieGroup.Motions"/> then tells, so that networks see sets from frames of their own.
    /// </summary>
    /// <value>null: other motions, or not known.</value>
    public CoordinateMotions? Motions { get; init; }

    /// <summary>Everything that is wrong, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        var (d, r, columns) = (Generators.GetLength(0), Generators.GetLength(1), Generators.GetLength(2));
        if (string.IsNullOrWhiteSpace(Name)) errors.Add("A matrix group needs a name.");
        if (d < 1 || r < 1 || r != columns)
            errors.Add($"Generators of {Name} have shape ({d}, {r}, {columns}); expected (d, r, r) with d ≥ 1.");
        if (PointDim != r && PointDim != r - 1)
            errors.Add($"PointDim of {Name} is {PointDim}; expected {r} (linear action) or {r - 1} (affine action).");
        if (!(Alpha >= 0 && Alpha <= 1)) errors.Add($"alpha of {Name} is {Alpha:R}; expected a number from 0 to 1.");
        if (Generators.Cast<double>().Any(value => !double.IsFinite(value)))
            errors.Add($"Generators of {Name} have an entry that is not finite.");
        if (OrbitDim < 0 || OrbitDim > 0 != Orbit is not null)
            errors.Add($"OrbitDim of {Name} is {OrbitDim} {(Orbit is null ? "without" : "with")} an Orbit function; " +
                "expected both, or neither and 0.");
        if (Section is null && Origin is null)
            errors.Add($"{Name} has neither a Section nor an Origin; expected one, to lift points.");
        if (Motions?.Fault(Name, PointDim) is { } fault) errors.Add(fault);
        return errors;
    }
}
