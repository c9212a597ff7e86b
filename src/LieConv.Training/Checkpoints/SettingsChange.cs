using LieConv.Training.Learning;

namespace LieConv.Training.Checkpoints;

/// <summary>What was changed in config.json since a checkpoint.</summary>
internal static class SettingsChange
{
    /// <summary>Settings without which the steps of an epoch that is under way mean nothing.</summary>
    private static readonly string[] Fixed = ["train.batch", "train.seed"];

    /// <summary>The settings that a checkpoint notes: not where data lie, nor what each session may choose.</summary>
    public static IReadOnlyDictionary<string, string> Collect(RunConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var usual = new TrainOptions();
        var settings = ConfigFile.Flatten<object>(config with
        {
            Train = config.Train with
            {
                Threads = usual.Threads, Device = usual.Device, MaxMinutes = usual.MaxMinutes,
                CheckpointMinutes = usual.CheckpointMinutes,
            },
        }, "");
        foreach (var key in new[] { "schemaVersion", "preset", "dataDescription", "data.dataRoot" }) settings.Remove(key);
        return new IdentityDictionary(settings, config.FormerKeys, static () => new Dictionary<string, string>());
    }

    /// <summary>The difference in one sentence; null where there is none, or one of the two is not known.</summary>
    /// <exception cref="InvalidDataException">If training cannot go on with it.</exception>
    public static string? Describe(
        IReadOnlyDictionary<string, string>? then, IReadOnlyDictionary<string, string>? now)
    {
        if (then is null || now is null) return null;
        then = IdentityDictionary.Translate(now, then);

        // Settings that only one of them has belong to another version of this library.
        var changed = now.Keys.Where(key => then.TryGetValue(key, out var old) && old != now[key])
            .Order(StringComparer.Ordinal).ToArray();
        if (changed.Length == 0) return null;
        var list = string.Join(", ", changed.Select(key => $"{key} was {then[key]} and is {now[key]}"));
        if (changed.Intersect(Fixed).ToArray() is { Length: > 0 } bad)
            throw new InvalidDataException(
                $"config.json was changed since the last checkpoint: {list}; a training cannot go on with another " +
                $"{string.Join(" or ", bad)}: set it back, or begin a new run.");
        return $"config.json was changed since the last checkpoint: {list}; the training goes on with what it says now.";
    }
}
