using System.Numerics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LieConv.Training.Json;

/// <summary>Changes single values of a configuration by dotted name: model.channels=64.</summary>
public static class ConfigEditor
{
    /// <summary>A copy of the configuration with the assignments made, in order.</summary>
    /// <param name="config">A record that <see cref="JsonFormat"/> can write and read.</param>
    /// <param name="assignments">Texts of the form path=value; case does not matter in the path, which may be that of an
    /// earlier version where the configuration knows its <see cref="IFormerKeys"/>.</param>
    /// <exception cref="ArgumentException">If a path is unknown (the message lists the right ones) or a value does not
    /// fit.</exception>
    public static T Apply<T>(T config, IEnumerable<string> assignments) where T : class
    {
        ArgumentNullException.ThrowIfNull(assignments);
        foreach (var assignment in assignments) config = Apply(config, assignment);
        return config;
    }

    /// <summary>A copy of the configuration with one value set.</summary>
    /// <param name="config">A record that <see cref="JsonFormat"/> can write and read, of any type.</param>
    /// <param name="path">The dotted name of the value; case does not matter.</param>
    /// <param name="value">A text, a number or true or false; null where there may be none.</param>
    /// <exception cref="ArgumentException">If the path is unknown (the message lists the right ones) or the value does not
    /// fit.</exception>
    public static T Set<T>(T config, string path, object? value) where T : class
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(path);
        return Change(config, path, _ => JsonSerializer.SerializeToNode(value), $"{value}");
    }

    private static T Apply<T>(T config, string assignment) where T : class
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw new ArgumentException($"'{assignment}' is not of the form key=value, such as model.channels=64.");
        var (path, text) = (assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
        if (config is IFormerKeys { FormerKeys: var former } && FormerKey.Find(former, path) is { } key)
            return Apply(config, key.Now(text).Select(now => $"{now.Key}={now.Value}"));
        return Change(config, path, type => Value(type, text), text);
    }

    /// <summary>The record may be of a more special type than is written: it keeps it.</summary>
    private static T Change<T>(T config, string path, Func<Type, JsonNode?> value, string text) where T : class
    {
        var type = config.GetType();
        var root = JsonSerializer.SerializeToNode(config, type, JsonFormat.Indented)!.AsObject();
        var (parent, key) = Find(root, path);
        try
        {
            parent[key] = value(TypeOf(type, path));
            return (T)root.Deserialize(type, JsonFormat.Indented)!;
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            throw new ArgumentException($"{path} cannot be '{text}'; {Expected(config, path)}.");
        }
    }

    private static (JsonObject Parent, string Key) Find(JsonObject root, string path)
    {
        var steps = path.Split('.');
        var node = root;
        for (var i = 0; i < steps.Length; i++)
        {
            var key = node.Select(member => member.Key)
                .FirstOrDefault(key => string.Equals(key, steps[i], StringComparison.OrdinalIgnoreCase));
            if (key is null) throw Unknown(path, string.Join('.', steps[..i]), node);
            var isLeaf = node[key] is not JsonObject;
            if (isLeaf && i == steps.Length - 1) return (node, key);
            if (isLeaf)
                throw new ArgumentException($"{path} is unknown: {string.Join('.', steps[..(i + 1)])} has no parts.");
            node = node[key]!.AsObject();
        }
        throw Unknown(path, path, node);
    }

    private static ArgumentException Unknown(string path, string prefix, JsonObject node)
    {
        var known = node.Select(member => prefix.Length == 0 ? member.Key : $"{prefix}.{member.Key}");
        return new ArgumentException($"{path} is no single setting; expected one of {string.Join(", ", known)}.");
    }

    /// <summary>Text as a value of the setting's type: what is text stays text, whatever it looks like, and numbers are
    /// read as everywhere else.</summary>
    /// <exception cref="FormatException">If it is no number, or neither true nor false.</exception>
    /// <exception cref="JsonException">If it is no JSON, where a setting is a list.</exception>
    private static JsonNode? Value(Type type, string text)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return text == "null" ? null : Value(inner, text);
        if (type.IsEnum) return text;
        if (type == typeof(string)) return text == "null" ? null : text;
        if (type == typeof(bool)) return bool.Parse(text);
        if (type == typeof(int)) return Number<int>(text);
        if (type == typeof(long)) return Number<long>(text);
        return type == typeof(double) ? Number<double>(text) : JsonNode.Parse(text);
    }

    private static JsonValue Number<T>(string text) where T : struct, INumber<T> =>
        PlainNumber.TryParse<T>(text, out var number) ? JsonValue.Create(number)! : throw new FormatException();

    private static string Expected<T>(T config, string path) where T : class
    {
        var (parent, key) = Find(
            JsonSerializer.SerializeToNode(config, config.GetType(), JsonFormat.Indented)!.AsObject(), path);
        return parent[key]?.GetValueKind() switch
        {
            JsonValueKind.Number => $"expected a number like {parent[key]}",
            JsonValueKind.True or JsonValueKind.False => "expected true or false",
            _ => Names(TypeOf(config.GetType(), path)) ?? List(TypeOf(config.GetType(), path))
                ?? (parent[key] is { } now ? $"expected something like {now}" : "expected null"),
        };
    }

    /// <summary>The names that an enum setting can have; null for other settings.</summary>
    private static string? Names(Type type) =>
        type.IsEnum ? $"expected one of {string.Join(", ", Enum.GetNames(type))}"
        : Nullable.GetUnderlyingType(type) is { } own
            ? (Names(own) ?? (own == typeof(bool) ? "expected true, false" : "expected a number")) + " or null"
        : null;

    /// <summary>What a setting of several numbers looks like; null for other settings.</summary>
    private static string? List(Type type) =>
        type == typeof(IReadOnlyList<int>) ? "expected whole numbers such as [16,20,24], or null"
        : type == typeof(IReadOnlyList<double>) ? "expected numbers such as [0.3,0.6], or null"
        : null;

    /// <summary>The type of the setting of a path that was found.</summary>
    private static Type TypeOf(Type type, string path) => path.Split('.').Aggregate(type, (owner, step) => owner
        .GetProperty(step, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)!.PropertyType);
}
