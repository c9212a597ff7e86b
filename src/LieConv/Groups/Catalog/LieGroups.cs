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
        new("RxSO2", "scalings and rotations of the plane about the origin (log-polar)"),
        new("Rx", "scalings of the plane about the origin"),
        new("RxSQ", "scalings and squeezes of the positive quadrant (log-hyperbolic)"),
        new("SQ", "squeezes of the positive quadrant"),
        new("SE2", "rotations and translations of the plane"),
        new("SO3", "rotations of space about the origin"),
        new("SE3", "rotations and translations of space"),
    ];

    /// <summary>The group of a name, with optional dimension, subgroup coordinates and distance weight.</summary>
    /// <param name="text">For instance SE2, SE2:0.05, T3, Rx:.1, or SE3[2,5] for the coordinate subgroup of rotations
    /// about and translations along z; also as the original's Python writes it: T(3), Trivial(dim=3), SE2(.05),
    /// SO2(alpha=0.2). Case does not matter.</param>
    /// <exception cref="ArgumentException">If group, dimension, subgroup or weight is not valid.</exception>
    public static LieGroup Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var match = Pattern().Match(text.Trim());
        if (!match.Success) throw Unknown(text);
        var name = match.Groups["name"].Value.ToUpperInvariant();
        var (dimension, weight) = Arguments(match, HasDimension(name), text);
        var group = Create(name, dimension, weight is null ? LieGroup.DefaultAlpha : ParseAlpha(weight, text))
            ?? throw Unknown(text);
        if (!match.Groups["kept"].Success) return group;
        return LieSubgroup.Of(group, match.Groups["kept"].Value.Split(',').Select(ParseCoordinate));
    }

    /// <summary>The dimension, empty for the usual one, and the distance weight, null for the usual one.</summary>
    private static (string Dimension, string? Weight) Arguments(Match match, bool hasDimension, string text)
    {
        var (dimension, alpha, inner) = (match.Groups["dim"].Value, match.Groups["alpha"], match.Groups["inner"]);
        var weight = alpha.Success ? alpha.Value : null;
        if (!inner.Success) return (dimension, weight);
        var value = Keyword().Replace(inner.Value, "").Trim();
        var isWhole = value.Length is > 0 and <= 4 && value.All(char.IsAsciiDigit);
        if (value.Length == 0) return ("", weight);
        if (hasDimension)
            return isWhole ? (value, weight) : throw new ArgumentException(
                $"The dimension in '{text}' is '{value}'; expected a whole number, as in T(2).");

        // A whole number that can be no weight was meant as a dimension, which these groups do not have.
        if (weight is not null || (isWhole && value is not ("0" or "1"))) throw Unknown(text);
        return ("", value);
    }

    private static bool HasDimension(string name) => name is "TRIVIAL" or "T" or "TX" or "TY";

    private static LieGroup? Create(string name, string dimension, double alpha)
    {
        var dim = dimension.Length == 0 ? 2 : int.Parse(dimension, CultureInfo.InvariantCulture);
        return name switch
        {
            "TRIVIAL" => new Trivial(dim, alpha),
            "T" => new Translation(dim, alpha),
            "TX" => LieSubgroup.Tx(dim, alpha),
            "TY" => LieSubgroup.Ty(dim, alpha),
            _ when dimension.Length > 0 => null,
            "SO2" => new SO2(alpha),
            "RXSO2" => new RxSO2(alpha),
            "RX" => LieSubgroup.Rx(alpha),
            "RXSQ" => new RxSQ(alpha),
            "SQ" => LieSubgroup.SQ(alpha),
            "SE2" => new SE2(alpha),
            "SO3" => new SO3(alpha),
            "SE3" => new SE3(alpha),
            _ => null,
        };
    }

    private static double ParseAlpha(string alpha, string text)
    {
        if (double.TryParse(alpha, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) &&
            value is >= 0 and <= 1) return value;
        throw new ArgumentException(
            $"The distance weight in '{text}' is '{alpha}'; expected a number from 0 to 1, as in SE2:0.05.");
    }

    private static int ParseCoordinate(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static ArgumentException Unknown(string text) => new(
        $"Unknown group '{text}'; expected one of {string.Join(", ", Known.Select(known => known.Name))}, " +
        "with an optional distance weight as in SE2:0.05.");

    [GeneratedRegex(
        @"^(?<name>SO2|SE2|SO3|SE3|RxSO2|RxSQ|SQ|Rx|Trivial|Tx|Ty|T)" +
        @"((?<dim>[0-9]{1,4})|\((?<inner>[^()]*)\))?" +
        @"(\[(?<kept>[0-9]{1,4}(\s*,\s*[0-9]{1,4})*)\])?(:(?<alpha>.*))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    /// <summary>The names of the original's arguments.</summary>
    [GeneratedRegex(@"^\s*(alpha|dim|k)\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Keyword();
}
