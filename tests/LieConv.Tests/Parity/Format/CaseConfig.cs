using System.Text.Json;

namespace LieConv.Tests.Parity.Format;

/// <summary>The configuration of a case, with defaults for what a case leaves out.</summary>
public readonly record struct CaseConfig(JsonElement Json)
{
    /// <summary>Whether a value is present and not null.</summary>
    public bool Has(string key) => Json.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The raw value.</summary>
    public JsonElement this[string key] => Json.GetProperty(key);

    /// <summary>A truth value.</summary>
    public bool Bool(string key, bool otherwise = false) => Has(key) ? this[key].GetBoolean() : otherwise;

    /// <summary>A whole number.</summary>
    public int Whole(string key, int otherwise = 0) => Has(key) ? (int)this[key].GetDouble() : otherwise;

    /// <summary>A number.</summary>
    public double Number(string key, double otherwise = 0) => Has(key) ? this[key].GetDouble() : otherwise;

    /// <summary>A word.</summary>
    public string Text(string key, string otherwise = "") => Has(key) ? this[key].GetString()! : otherwise;

    /// <summary>A list of numbers; a single number is a list of that number, repeated as asked.</summary>
    public double[] Numbers(string key, int repeat = 1) => this[key].ValueKind == JsonValueKind.Array
        ? [.. this[key].EnumerateArray().Select(item => item.GetDouble())]
        : [.. Enumerable.Repeat(this[key].GetDouble(), repeat)];
}
