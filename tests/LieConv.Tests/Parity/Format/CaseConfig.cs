using System.Text.Json;
using LieConv.Kernels;
using LieConv.Neighbours;

namespace LieConv.Tests.Parity.Format;

/// <summary>
/// The configuration of a case, with defaults for what a case leaves out. It notes what is asked for, so that an option
/// that nobody asked for is seen and not passed over.
/// </summary>
/// <param name="json">The manifest's object.</param>
public sealed class CaseConfig(JsonElement json)
{
    private static readonly string[] Unlimited = ["inf", "Infinity", "np.inf"];

    private readonly HashSet<string> _asked = [];

    /// <summary>Keys that nobody asked for, with their values.</summary>
    public IEnumerable<(string Key, JsonElement Value)> Unasked => json.ValueKind != JsonValueKind.Object
        ? []
        : json.EnumerateObject().Where(item => !_asked.Contains(item.Name)).Select(item => (item.Name, item.Value));

    /// <summary>The raw value.</summary>
    public JsonElement this[string key]
    {
        get
        {
            _asked.Add(key);
            return json.TryGetProperty(key, out var value)
                ? value
                : throw new InvalidDataException($"The case has no option {key}, which it needs.");
        }
    }

    /// <summary>Whether a value is present and not null.</summary>
    public bool Has(string key)
    {
        _asked.Add(key);
        return json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    /// <summary>A truth value.</summary>
    public bool Bool(string key, bool otherwise = false) => !Has(key) ? otherwise
        : this[key].ValueKind is JsonValueKind.True or JsonValueKind.False ? this[key].GetBoolean()
        : throw Wrong(key, "true or false");

    /// <summary>A whole number; refused where it is another one, or is missing and nothing stands in for it.</summary>
    public int Whole(string key, int? otherwise = null)
    {
        var number = Number(key, otherwise);
        return number == Math.Round(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw Wrong(key, "a whole number");
    }

    /// <summary>A count of neighbours: a whole number, or one of the words for no limit.</summary>
    public int Count(string key, int? otherwise = null) =>
        Has(key) && this[key].ValueKind == JsonValueKind.String && Unlimited.Contains(this[key].GetString())
            ? int.MaxValue
            : Whole(key, otherwise);

    /// <summary>A number; refused where it is missing and nothing stands in for it.</summary>
    public double Number(string key, double? otherwise = null) =>
        !Has(key) ? otherwise ?? throw new InvalidDataException($"The case has no option {key}, which it needs.")
        : this[key].ValueKind == JsonValueKind.Number ? this[key].GetDouble()
        : throw Wrong(key, "a number");

    /// <summary>A word.</summary>
    public string Text(string key, string otherwise = "") => !Has(key) ? otherwise
        : this[key].ValueKind == JsonValueKind.String ? this[key].GetString()!
        : throw Wrong(key, "a word");

    /// <summary>A list of numbers; a single number is a list of that one.</summary>
    public double[] Numbers(string key, double? otherwise = null) =>
        Has(key) && this[key].ValueKind == JsonValueKind.Array
            ? [.. this[key].EnumerateArray().Select(item => item.GetDouble())]
            : [Number(key, otherwise)];

    /// <summary>The nonlinearity; the original knows two.</summary>
    public Activation Activation() => Text("act", "swish") switch
    {
        "swish" => LieConv.Kernels.Activation.Swish,
        "relu" => LieConv.Kernels.Activation.Relu,
        _ => throw Wrong("act", "swish or relu"),
    };

    /// <summary>Which points are neighbours.</summary>
    public NeighborhoodKind Neighbours() => Bool("knn") ? NeighborhoodKind.Nearest : NeighborhoodKind.Ball;

    /// <summary>Refuses any value of an option but the one that ours has built in.</summary>
    public void Require(string key, double value)
    {
        if (Has(key) && Number(key) != value) throw Wrong(key, $"{value:R}, the only value that a runner has");
    }

    /// <summary>Refuses any value of an option but the one that ours has built in.</summary>
    public void Require(string key, bool value)
    {
        if (Has(key) && Bool(key) != value) throw Wrong(key, $"{value}, the only value that a runner has");
    }

    /// <summary>Refuses any value of an option but the one that ours has built in.</summary>
    public void Require(string key, string value)
    {
        if (Has(key) && Text(key) != value) throw Wrong(key, $"{value}, the only value that a runner has");
    }

    private InvalidDataException Wrong(string key, string expected) =>
        new($"The option {key} of the case is {this[key].GetRawText()}; expected {expected}.");
}
