
namespace LieConv.Groups;

/// <summary>Which groups hold all translations of their space, so that a network on them sees differences of positions
/// only.</summary>
internal static class TranslationInvariance
{
    /// <summary>Whether the group holds all translations.</summary>
    public static bool Of(LieGroup group) => group switch
    {
        Translation or SE2 or SE3 => true,
        LieSubgroup subgroup => Of(subgroup.Parent) && Translations(subgroup.Parent).All(subgroup.Coordinates.Contains),
        _ => false,
    };

    /// <summary>Components of the tangents that are translations: the last ones.</summary>
    private static IEnumerable<int> Translations(LieGroup group) =>
        Enumerable.Range(group.AlgebraDim - group.PointDim, group.PointDim);
}
