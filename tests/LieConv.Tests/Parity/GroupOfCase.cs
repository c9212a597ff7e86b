using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LieConv.Groups;
using LieConv.Tests.Parity.Format;

namespace LieConv.Tests.Parity;

/// <summary>The group that a case names: "T" with args beside it, ["SE3", {"alpha": 0.2}], or "T(3) alpha .2".</summary>
public static partial class GroupOfCase
{
    /// <summary>The group of a configuration.</summary>
    public static LieGroup Of(CaseConfig config)
    {
        var group = config["group"];
        return group.ValueKind == JsonValueKind.Array
            ? Build(group[0].GetString()!, group.GetArrayLength() > 1 ? group[1] : default)
            : Build(group.GetString()!, config.Has("args") ? config["args"] : default);
    }

    /// <summary>Whether all points of an item share their lifts.</summary>
    public static bool SharesLifts(CaseConfig config) =>
        (config.Has("args") && SharesLifts(config["args"]))
        || (config["group"] is { ValueKind: JsonValueKind.Array } group && group.GetArrayLength() > 1
            && SharesLifts(group[1]));

    /// <summary>How points are lifted. The original's networks keep a per_point of their own, which nothing reads.</summary>
    public static LiftOptions Lift(CaseConfig config)
    {
        _ = config.Bool("per_point", true);
        return new() { Samples = config.Whole("liftsamples", 1), SharedAcrossPoints = SharesLifts(config), OriginalSteps = true };
    }

    private static bool SharesLifts(JsonElement args) => args.ValueKind == JsonValueKind.Object
        && args.TryGetProperty("per_point", out var perPoint) && !perPoint.GetBoolean();

    private static LieGroup Build(string text, JsonElement args)
    {
        var words = Words().Match(text);
        var name = words.Groups["name"].Value;
        int? dimension = null;
        double? alpha = words.Groups["alpha"] is { Success: true, Value: var weight }
            ? double.Parse(weight, CultureInfo.InvariantCulture)
            : null;
        if (args.ValueKind == JsonValueKind.Object)
        {
            foreach (var arg in args.EnumerateObject())
            {
                if (arg.Name == "alpha") alpha = arg.Value.GetDouble();
                else if (arg.Name is "k" or "dim") dimension = arg.Value.GetInt32();
                else if (arg.Name != "per_point")
                    throw new InvalidDataException($"The group {name} of the case has an unknown option {arg.Name}.");
            }
        }
        else if (args.ValueKind == JsonValueKind.Array)
        {
            // The first argument is the dimension of groups of any dimension, the distance weight of the others.
            foreach (var arg in args.EnumerateArray())
            {
                if (dimension is null && name is "T" or "Trivial" or "Tx" or "Ty") dimension = arg.GetInt32();
                else alpha = arg.GetDouble();
            }
        }
        return LieGroups.Parse(string.Create(CultureInfo.InvariantCulture,
            $"{name}{dimension}:{alpha ?? LieGroup.DefaultAlpha:R}"));
    }

    [GeneratedRegex(@"^(?<name>.*?)(\s*alpha\s*(?<alpha>[.0-9]+))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
