using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Lifting;

/// <summary>The frames of point sets, from their outermost points, and their weights (docs/maths.md, Weighted frames).
/// </summary>
/// <remarks>
/// In the plane each outer point is a frame, u = a / |a| of its arm a and v = u turned by a right angle. In space each
/// outer point i gives u, and each point j that lies outermost across u gives v, the direction of its arm's part y
/// across u. Weights are products of <see cref="OuterShares"/>: they fall to exactly 0, three derivatives included,
/// before a and y get short, so that no frame ever swings, and what has weight 0 is left out. All points that a
/// rotation of the set onto itself takes to each other count alike, hence nothing is chosen that does not turn with the
/// set.
/// A set near a line through its centre in space has no direction across: there every frame is taken in eight turns
/// about u, which leave of f only what no turn changes, but for terms of the eighth order of the distance from the line.
/// Nearer still any v will do.
/// </remarks>
/// <param name="Owners">The set of each frame, ascending, int64, shape (V).</param>
/// <param name="Rotations">Frames as rows of unit vectors, shape (V, D, D).</param>
/// <param name="Weights">With sum 1 for each set, shape (V).</param>
internal readonly record struct WeightedFrames(Tensor Owners, Tensor Rotations, Tensor Weights)
{
    /// <summary>Squared length of the longest arm up to which all points are at the centre, where every frame shows
    /// the same; with it, and products of it, double precision still counts.</summary>
    private const double Nothing = 1e-40;

    /// <summary>Windows of <see cref="OuterShares"/>. The wider, the smoother, and the more frames there are: of random
    /// sets two on average.</summary>
    private const double WindowInPlane = 0.4;
    private const double WindowInSpace = 0.15;
    private const double WantedInPlane = 6;
    private const double WantedInSpace = 4;

    /// <summary>Mean squares of the distance from the line, in units of that from the centre, between which turns about
    /// the line fade out.</summary>
    private const double Line = 0.005;
    private const double OffLine = 0.02;
    private const int Turns = 8;

    /// <summary>Frames of sets.</summary>
    /// <param name="arms">Points relative to their centre, 0 for padding, float64, shape (g, n, D) with D of 2 or 3.
    /// </param>
    /// <param name="count">Valid points, at least 1, float64, shape (g, 1).</param>
    /// <param name="turns">Angles by which the frames of each set are turned, about u in space, shape (g); null for
    /// none.</param>
    /// <param name="onLine">Distance from the line, in units of that from the centre, up to which any v will do: where
    /// the eighth power of it is below the precision of f, and f's rounding over its square is not.</param>
    public static WeightedFrames Create(Tensor arms, Tensor count, Tensor? turns, double onLine)
    {
        var squares = arms.square().sum(-1);                                                              // (g, n)
        // Not `<=`: a set with NaN, too, has one frame, from which it looks as it is.
        var central = (squares.detach().amax([-1L], keepdim: true) > Scalars.Of(Nothing)).logical_not();
        var shares = arms.shape[^1] == 2
            ? OuterShares.Compute(squares, count, WindowInPlane, WantedInPlane, central)
            : OuterShares.Compute(squares, count, WindowInSpace, WantedInSpace, central);
        var chosen = shares.detach().ne(Scalars.Of(0.0)).nonzero();                                       // (P, 2)
        var (sets, points) = (chosen.select(1, 0), chosen.select(1, 1));
        var weights = At(shares, sets, points);
        var u = Unit(where(central.index_select(0, sets), Axis(arms), At(arms, sets, points)));
        if (arms.shape[^1] == 3) return InSpace(arms, count, squares, sets, u, weights, turns, onLine);
        var v = stack([-u.select(-1, 1), u.select(-1, 0)], -1);
        if (turns is not null) (u, v) = Turned(u, v, turns.index_select(0, sets));
        return new WeightedFrames(sets, stack([u, v], -2), weights);
    }

    private static WeightedFrames InSpace(
        Tensor arms, Tensor count, Tensor squares, Tensor sets, Tensor u, Tensor weights, Tensor? turns, double onLine)
    {
        var across = Across(Across(arms.index_select(0, sets), u.unsqueeze(1)), u.unsqueeze(1));       // (P, n, 3)
        var lengths = across.square().sum(-1);
        var total = squares.sum(-1, keepdim: true).index_select(0, sets);
        var spread = lengths.sum(-1, keepdim: true) / where(total > Scalars.Of(Nothing), total, ones_like(total));
        var line = (spread.detach() > Scalars.Of(onLine * onLine)).logical_not();                         // (P, 1)
        var byTurn = SharesOfTurns(spread.masked_fill(line, Scalars.Of(0.0)));                            // (P, 8)
        var shares = OuterShares.Compute(
            lengths, count.index_select(0, sets), WindowInSpace, WantedInSpace, line);                    // (P, n)
        var all = weights.view(-1, 1, 1) * shares.unsqueeze(-1) * byTurn.unsqueeze(1);                 // (P, n, 8)
        var chosen = all.detach().ne(Scalars.Of(0.0)).nonzero();                                          // (V, 3)
        var (firsts, seconds, turn) = (chosen.select(1, 0), chosen.select(1, 1), chosen.select(1, 2));
        (u, sets) = (u.index_select(0, firsts), sets.index_select(0, firsts));
        var axis = nn.functional.one_hot(u.detach().abs().argmin(-1), 3).to(u.dtype);
        var v = where(line.index_select(0, firsts), axis, At(across, firsts, seconds));
        v = Unit(Across(Unit(Across(v, u)), u));                        // twice: a short one has lost its digits
        var w = linalg.cross(u, v);
        var angles = turn.to(u.dtype) * Scalars.Of(2 * Math.PI / Turns);
        if (turns is not null) angles += turns.index_select(0, sets);
        (v, w) = Turned(v, w, angles);
        return new WeightedFrames(sets, stack([u, v, w], -2), At(all.flatten(0, 1), Flat(all, firsts, seconds), turn));
    }

    /// <summary>How much each turn about the line counts, shape (P, 8): all alike on it, the first alone off it.
    /// </summary>
    private static Tensor SharesOfTurns(Tensor spread)
    {
        var near = Scalars.Of(1.0) - SmoothStep.Between(spread, Line, OffLine);
        var others = near / Scalars.Of((double)Turns);
        var first = others + (Scalars.Of(1.0) - near);
        return cat([first, others.expand(others.shape[0], Turns - 1)], -1);
    }

    /// <summary>Two unit vectors turned in their plane.</summary>
    private static (Tensor U, Tensor V) Turned(Tensor u, Tensor v, Tensor angles)
    {
        var (cosine, sine) = (angles.cos().unsqueeze(-1), angles.sin().unsqueeze(-1));
        return (u * cosine + v * sine, v * cosine - u * sine);
    }

    /// <summary>Rows [i, j] of a tensor (r, n, ...).</summary>
    private static Tensor At(Tensor rows, Tensor i, Tensor j) => rows.flatten(0, 1).index_select(0, Flat(rows, i, j));

    private static Tensor Flat(Tensor rows, Tensor i, Tensor j) => i * Scalars.Of(rows.shape[1]) + j;

    private static Tensor Across(Tensor vectors, Tensor u) => vectors - u * (vectors * u).sum(-1, keepdim: true);

    private static Tensor Unit(Tensor vectors) => vectors / vectors.square().sum(-1, keepdim: true).sqrt();

    /// <summary>The first coordinate axis.</summary>
    private static Tensor Axis(Tensor like) => eye(like.shape[^1], dtype: like.dtype, device: like.device)[0];
}
