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
    public static IReadOnlyList<LawResult> Check(LieGroup group, GroupLawsOptions? options = null)
    {
        options ??= new GroupLawsOptions();
        Guard.IsValid(options.Validate(), nameof(options));
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)options.Seed);
        var session = new LawSession(group, options, generator);
        foreach (var dtype in options.Dtypes)
        {
            foreach (var regime in Enum.GetValues<TangentRegime>())
            {
                using var inner = NewDisposeScope();
                if (group.AlgebraDim == 0 && regime != TangentRegime.Generic) continue;
                if (group.AlgebraDim > 0 && session.Tangents(regime, dtype, group.AlgebraDim) is null) continue;
                AlgebraLaws.Check(session, regime, dtype);
                if (group.AlgebraDim > 0) DerivativeLaws.Check(session, regime, dtype);
            }
            LiftLaws.Check(session, dtype);
            DistanceLaws.Check(session, dtype);
        }
        if (group.AlgebraDim > 0)
        {
            SeriesLaws.Check(session);
            StabilizerLaws.Check(session);
            LiftDerivativeLaws.Check(session);
        }
        MotionLaws.Check(session);
        foreach (var dtype in options.Dtypes) FormLaws.Check(session, dtype);
        return session.Results;
    }
}
