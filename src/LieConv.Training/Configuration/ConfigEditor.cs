using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LieConv.Training.Configuration;

/// <summary>Changes single values of a configuration by dotted name: model.channels=64.</summary>
public static class ConfigEditor
{
    /// <summary>A copy of the configuration with the assignments made, in order.</summary>
    /// <param name="config">A record that <see cref="JsonFormat"/> can write and read.</param>
    /// <param name="assignments">Texts of the form path=value; case does not matter in the path.</param>
    /// <exception cref="ArgumentException">If a path is unknown (the message lists the right ones) or a value does not
    /// fit.</exception>
    public static T Apply<T>(T config, IEnumerable<string> assignments) where T : class
    {
        ArgumentNullException.ThrowIfNull(assignments);
        foreach (var assignment in assignments) config = Apply(config, assignment);
        return config;
    }

    private static T Apply<T>(T config, string assignment) where T : class
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
            throw new ArgumentException($"'{assignment}' is not of the form key=value, such as model.channels=64.");
        var (path, text) = (assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());

        var root = JsonSerializer.SerializeToNode(config, JsonFormat.Indented)!.AsObject();
        var (parent, key) = Find(root, path);
        parent[key] = Value(parent[key], TypeOf(config.GetType(), path), text);
        try
        {
            return root.Deserialize<T>(JsonFormat.Indented)!;
        }
        catch (JsonException)
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

    /// <summary>Text as the kind of value that is there: what is text stays text, whatever it looks like.</summary>
    private static JsonNode? Value(JsonNode? current, Type type, string text)
    {
        var isText = current is null ? type == typeof(string) : current.GetValueKind() == JsonValueKind.String;
        if (isText) return text == "null" ? null : text;
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string Expected<T>(T config, string path) where T : class
    {
        var (parent, key) = Find(JsonSerializer.SerializeToNode(config, JsonFormat.Indented)!.AsObject(), path);
        return parent[key]?.GetValueKind() switch
        {
            JsonValueKind.Number => $"expected a number like {parent[key]}",
            JsonValueKind.True or JsonValueKind.False => "expected true or false",
            _ => Names(TypeOf(config.GetType(), path)) ?? List(TypeOf(config.GetType(), path))
                ?? $"expected something like {parent[key]}",
        };
    }

    /// <summary>The names that an enum setting can have; null for other settings.</summary>
    private static string? Names(Type type) =>
        type.IsEnum ? $"expected one of {string.Join(", ", Enum.GetNames(type))}"
        : Nullable.GetUnderlyingType(type) is { } own ? $"{Names(own)} or null"
        : null;

    /// <summary>What a setting of several numbers looks like; null for other settings.</summary>
    private static string? List(Type type) =>
        type == typeof(IReadOnlyList<int>) ? "expected whole numbers such as [16,20,24], or null"
        : type == typeof(IReadOnlyList<double>) ? "expected numbers such as [0.3,0.6], or null"
        : null;

    private static Type TypeOf(Type type, string path) => path.Split('.').Aggregate(type, (owner, step) => owner
        .GetProperty(step, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)!.PropertyType);
}
