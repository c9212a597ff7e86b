using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Groups.Laws;

/// <summary>
/// The laws that every group of the library obeys, checked numerically on any group, also a user's own: those of the
/// group and its algebra, of its action and lifts, of its distance and of all forms that it has of it, and the first and second derivatives.
/// </summary>
/// <remarks>Cases are random but seeded; nothing global is touched. All results are returned, passed or not.</remarks>
public static class GroupLaws
{
    /// <summary>Checks all laws, in all regimes and precisions.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">How; the defaults suit groups with closed forms.</param>
    /// <exception cref="ArgumentException">If the options are not valid.</exception>
    public static IReadOnlyList<LawResult> Check(LieGroup group, GroupLawsOptions? options = null) =>
        Check(group, options, endsAtFailure: false);

    /// <summary>Finds a law that does not hold. Laws after it, in the order of <see cref="Check(LieGroup,
    /// GroupLawsOptions?)"/>, are not checked, so that a group that is none is told soon.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">How; the defaults suit groups with closed forms.</param>
    /// <returns>The first result that has not passed; null where all laws hold.</returns>
    /// <exception cref="ArgumentException">If the options are not valid.</exception>
    public static LawResult? FindBroken(LieGroup group, GroupLawsOptions? options = null)
    {
        foreach (var result in Check(group, options, endsAtFailure: true))
            if (!result.Passed) return result;
        return null;
    }

    private static IReadOnlyList<LawResult> Check(LieGroup group, GroupLawsOptions? options, bool endsAtFailure)
    {
        ArgumentNullException.ThrowIfNull(group);
        options ??= new GroupLawsOptions();
        Guard.IsValid(options.Validate(), nameof(options));
        using var generator = new Generator((ulong)options.Seed);
        var session = new LawSession(group, options, generator);
        foreach (var step in Steps(session))
        {
            using var scope = NewDisposeScope();
            step();
            if (endsAtFailure && session.Results.Any(result => !result.Passed)) break;
        }

        return session.Results;
    }

    private static IEnumerable<Action> Steps(LawSession session)
    {
        var (group, dtypes) = (session.Group, session.Options.Dtypes);
        foreach (var dtype in dtypes)
        {
            foreach (var regime in Enum.GetValues<TangentRegime>()) yield return () => CheckTangents(session, regime, dtype);
            yield return () => LiftLaws.Check(session, dtype);
            yield return () => DistanceLaws.Check(session, dtype);
        }

        if (group.AlgebraDim > 0)
        {
            yield return () => SeriesLaws.Check(session);
            yield return () => StabilizerLaws.Check(session);
            yield return () => LiftDerivativeLaws.Check(session);
        }

        yield return () => MotionLaws.Check(session);
        foreach (var dtype in dtypes) yield return () => FormLaws.Check(session, dtype);
    }

    private static void CheckTangents(LawSession session, TangentRegime regime, ScalarType dtype)
    {
        var dim = session.Group.AlgebraDim;
        if (dim == 0 && regime != TangentRegime.Generic) return;
        if (dim > 0 && session.Tangents(regime, dtype, dim) is null) return;
        AlgebraLaws.Check(session, regime, dtype);
        if (dim > 0) DerivativeLaws.Check(session, regime, dtype);
    }
}
