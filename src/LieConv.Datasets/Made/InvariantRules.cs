namespace LieConv.Datasets.Made;

/// <summary>Two questions about a pair of places, the answers of which are all that a label says. Each rule keeps its
/// answers under one group only: under the others one of them changes.</summary>
/// <param name="Questions">Two numbers whose signs are the answers. Small ones are not asked for: the answers are
/// clear.</param>
/// <param name="Moves">Whether sets are carried about by the group, and how.</param>
internal sealed record InvariantRules(Func<InvariantPair, (double First, double Second)> Questions, InvariantMove Moves)
{
    /// <summary>A direction that is that of no axis, so that no translation along one leaves the answer alone.</summary>
    private const double Direction = 0.5;

    /// <summary>Invariant to rotations about the origin: which way round the second place is, and how far the first is from
    /// the origin. Scalings and translations change the distance.</summary>
    public static InvariantRules Rotations { get; } = new(
        pair => (pair.Sine, pair.Radius1 - 1), InvariantMove.Rotation);

    /// <summary>Invariant to translations: the direction from the first to the second, and how far they are apart.</summary>
    public static InvariantRules Translations { get; } = new(
        pair => (Along(pair.X2 - pair.X1, pair.Y2 - pair.Y1) / pair.Apart, pair.Apart - 1), InvariantMove.Translation);

    /// <summary>Invariant to scalings about the origin: which of both is farther, and the direction of the first.</summary>
    public static InvariantRules Scalings { get; } = new(
        pair => (Along(pair.X1, pair.Y1) / pair.Radius1, Math.Log(pair.Radius1 / pair.Radius2)), InvariantMove.Scaling);

    /// <summary>Invariant to none of these: the direction of the first, and how far the second is from the origin.</summary>
    public static InvariantRules Nothing { get; } = new(
        pair => (Along(pair.X1, pair.Y1) / pair.Radius1, pair.Radius2 - 1), InvariantMove.None);

    private static double Along(double x, double y) => Math.Cos(Direction) * x + Math.Sin(Direction) * y;
}
