namespace LieConv.Training.Description;

/// <summary>Presets by name.</summary>
internal static class PresetNames
{
    /// <summary>The preset of a name; case does not matter.</summary>
    /// <param name="presets">Those that there are.</param>
    /// <param name="nameOf">The name of each.</param>
    /// <param name="name">The name that was given.</param>
    /// <param name="task">Name of the task, for the message.</param>
    /// <exception cref="ArgumentException">If there is none: one sentence that lists them.</exception>
    public static T Find<T>(IReadOnlyList<T> presets, Func<T, string> nameOf, string name, string task) where T : class =>
        presets.FirstOrDefault(preset => string.Equals(nameOf(preset), name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException(
            $"There is no preset '{name}' for {task}; expected one of {string.Join(", ", presets.Select(nameOf))}.");
}
