using System.Globalization;
using System.Text.RegularExpressions;

namespace LieConv.Groups;

/// <summary>Groups by name, as the command line and configuration files write them.</summary>
public static partial class LieGroups
{
    /// <summary>The names that <see cref="Parse"/> reads, with descriptions.</summary>
    public static IReadOnlyList<KnownGroup> Known { get; } =
    [
        new("Trivial2", "no symmetry: every point is told by its coordinates (any dimension: Trivial3)"),
        new("T2", "translations (any dimension: T3)"),
        new("Tx", "translations along x (in space: Tx3)"),
        new("Ty", "translations along y (in space: Ty3)"),
        new("SO2", "rotations of the plane about the origin"),
        new("RxSO2", "scalings and rotations of the plane about the origin (log-polar; also RxSO3)"),
        new("Rx", "scalings of the plane about the origin (any dimension: Rx3)"),
        new("RxSQ", "scalings and squeezes of the positive quadrant (log-hyperbolic)"),
        new("SQ", "squeezes of the positive quadrant"),
        new("SE2", "rotations and translations of the plane"),
        new("SO3", "rotations of space about the origin"),
        new("SE3", "rotations and translations of space"),
    ];

    /// <summary>The named groups that act on D-dimensional points.</summary>
    /// <param name="dimensions">The dimension D, 1 or more.</param>
    public static IReadOnlyList<KnownGroup> On(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        return
        [
            .. from family in GroupFamilies.All
               where family.Least <= dimensions && (dimensions <= family.Most || family.TakesDimension)
               select new KnownGroup(family.NameOn(dimensions), family.Description),
        ];
    }

    /// <summary>Groups that data of D-dimensional points may be symmetric under, from none to the largest: to try one after
    /// the other.</summary>
    /// <remarks>Those of the positive quadrant alone (RxSQ, SQ) are not among them.</remarks>
    /// <param name="dimensions">The dimension D, from 1 to 6.</param>
    public static IReadOnlyList<LieGroup> Candidates(int dimensions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, GroupFamilies.MostDimensions);
        string[] names = dimensions switch
        {
            1 => ["Trivial1", "T1", "Rx1"],
            2 => ["Trivial2", "Tx", "Ty", "T2", "SO2", "SE2", "Rx", "RxSO2"],
            // Many data of space have a vertical: SO3[2] turns about it, SE3[2,3,4,5] translates, too.
            3 => ["Trivial3", "T3", "SO3[2]", "SE3[2,3,4,5]", "SO3", "SE3", "Rx3", "RxSO3"],
            _ => [$"Trivial{dimensions}", $"T{dimensions}", $"SO{dimensions}", $"SE{dimensions}", $"Rx{dimensions}",
                $"RxSO{dimensions}"],
        };
        return [.. names.Select(Parse)];
    }

    /// <summary>The group of a name, with optional dimension, subgroup coordinates and distance weight.</summary>
    /// <param name="text">For instance SE2, SE2:0.05, T3, Rx:.1, or SE3[2,5] for the coordinate subgroup of rotations
    /// about and translations along z; also as the original's Python writes it: T(3), Trivial(dim=3), SE2(.05),
    /// SO2(alpha=0.2). Case does not matter.</param>
    /// <exception cref="ArgumentException">If group, dimension, subgroup or weight is not valid.</exception>
    public static LieGroup Parse(string text) => Read(text, null);

    /// <summary>The group of a name for D-dimensional points: a name that may leave out its dimension has this one, and
    /// where there is no such group, those that act on such points are listed.</summary>
    /// <param name="dimensions">The dimension D, 1 or more.</param>
    /// <param name="text">As for <see cref="Parse"/>.</param>
    /// <param name="complaint">What is said of a group that acts on other points, null to take it all the same; without
    /// the function a sentence that lists the groups.</param>
    /// <exception cref="ArgumentException">If group, dimension, subgroup or weight is not valid, or the group acts on
    /// other points.</exception>
    public static LieGroup ParseOn(int dimensions, string text, Func<LieGroup, string?>? complaint = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        var group = Read(text, dimensions);
        if (group.PointDim == dimensions) return group;
        var sentence = complaint is null
            ? $"{group} acts on {group.PointDim}-dimensional points, but these have {dimensions}; expected one of " +
                $"{Names(dimensions)}."
            : complaint(group);
        return sentence is null ? group : throw new ArgumentException(sentence);
    }

    private static LieGroup Read(string text, int? space)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Pattern().Match(text.Trim());
        if (!match.Success) throw Unknown(text, space);
        var stem = match.Groups["name"].Value;
        var families = GroupFamilies.All.Where(
            family => string.Equals(family.Stem, stem, StringComparison.OrdinalIgnoreCase)).ToArray();
        var (number, weight) = Arguments(match, families[0].TakesDimension, text, space);
        var dimension = number.Length > 0 ? int.Parse(number, CultureInfo.InvariantCulture) : (int?)null;
        // Of the dimensions that a kind does not have, its own message says more where it counts freely.
        var family = families[0].TakesDimension
            ? families[0]
            : families.FirstOrDefault(family => Has(family, dimension, space)) ?? throw Unknown(text, space);
        var group = family.Create(
            dimension ?? Usual(family, space), weight is null ? LieGroup.DefaultAlpha : ParseAlpha(weight, text));
        if (!match.Groups["kept"].Success) return group;
        return LieSubgroup.Create(group, match.Groups["kept"].Value.Split(',').Select(ParseCoordinate));
    }

    /// <summary>Whether a kind has a group of the dimension that was written, or may be written without one.</summary>
    private static bool Has(GroupFamily family, int? dimension, int? space) => dimension is { } written
        ? written >= family.Least && written <= family.Most && (family.IsNumbered || family.Least < family.Most)
        : !family.IsNumbered;

    /// <summary>The dimension that is meant where none is written: that of the points, else the plane.</summary>
    private static int Usual(GroupFamily family, int? space) =>
        space is { } points && points >= family.Least && points <= family.Most ? points : 2;

    /// <summary>The dimension, empty for the usual one, and the distance weight, null for the usual one.</summary>
    private static (string Dimension, string? Weight) Arguments(
        Match match, bool takesDimension, string text, int? space)
    {
        var (dimension, alpha, inner) = (match.Groups["dim"].Value, match.Groups["alpha"], match.Groups["inner"]);
        var weight = alpha.Success ? alpha.Value : null;
        if (!inner.Success) return (dimension, weight);
        var value = Keyword().Replace(inner.Value, "").Trim();
        var isWhole = value.Length is > 0 and <= 4 && value.All(char.IsAsciiDigit);
        if (takesDimension && dimension.Length > 0) throw Unknown(text, space);
        if (value.Length == 0) return (dimension, weight);
        if (takesDimension)
            return isWhole ? (value, weight) : throw new ArgumentException(
                $"The dimension in '{text}' is '{value}'; expected a whole number, as in T(2).");

        // A whole number that can be no weight was meant as a dimension, which these groups do not have.
        if (weight is not null || (isWhole && value is not ("0" or "1"))) throw Unknown(text, space);
        return (dimension, value);
    }

    private static double ParseAlpha(string alpha, string text)
    {
        if (double.TryParse(alpha, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) &&
            value is >= 0 and <= 1) return value;
        throw new ArgumentException(
            $"The distance weight in '{text}' is '{alpha}'; expected a number from 0 to 1, as in SE2:0.05.");
    }

    private static int ParseCoordinate(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ArgumentException Unknown(string text, int? space) => new(
        $"Unknown group '{text}'; expected one of {Names(space)}, with an optional distance weight as in " +
        $"{(space is null or 2 or 3 ? $"SE{space ?? 2}" : $"T{space}")}:0.05.");

    private static string Names(int? space) =>
        string.Join(", ", (space is { } dimensions ? On(dimensions) : Known).Select(known => known.Name));

    [GeneratedRegex(
        @"^(?<name>SO|SE|RxSO|RxSQ|SQ|Rx|Trivial|Tx|Ty|T)" +
        @"(?<dim>[0-9]{1,4})?(\((?<inner>[^()]*)\))?" +
        @"(\[(?<kept>[0-9]{1,4}(\s*,\s*[0-9]{1,4})*)\])?(:(?<alpha>.*))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    /// <summary>The names of the original's arguments.</summary>
    [GeneratedRegex(@"^\s*(alpha|dim|k)\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Keyword();
}
