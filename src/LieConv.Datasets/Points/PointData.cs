using LieConv.Datasets.Basics;
using LieConv.Serialization;

namespace LieConv.Datasets.Points;

/// <summary>Reads anyone's points.</summary>
public static class PointData
{
    /// <summary>Opens everything of a path: one table, a file of sets, or a folder with a file a set. What was read is
    /// kept beside it, or in the data folder, for the next run.</summary>
    /// <param name="options">Which data, and what their columns mean.</param>
    /// <param name="log">Takes one line that says what the columns were taken for, and notes.</param>
    /// <param name="check">Told the number of coordinates as soon as it is known, before the points are read; what it throws
    /// ends the reading. Null for no check.</param>
    /// <exception cref="ArgumentException">An option is not valid, or names a column that is not there.</exception>
    /// <exception cref="InvalidDataException">A file has a fault: one sentence with file, line or row, column and what
    /// was expected.</exception>
    public static PointSets Open(PointDataOptions options, Action<string> log, Action<int>? check = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        if (options.Validate() is { Count: > 0 } errors) throw new ArgumentException(string.Join(" ", errors));
        var source = PointSource.Find(options.Path, wantsLabels: options.Target != PointDataOptions.None);
        var places = PointCache.Places(options);
        foreach (var place in places)
            if (PointCache.TryOpen(place, options, source, log) is { } kept)
            {
                try
                {
                    check?.Invoke(kept.Schema.Dimensions);
                }
                catch
                {
                    kept.Dispose();
                    throw;
                }

                foreach (var note in kept.Notes) log(note);
                return kept;
            }

        var cache = places.FirstOrDefault(IsWritable);
        var folder = cache is null ? PointCache.TemporaryFolder() : Path.GetDirectoryName(Path.GetFullPath(cache))!;
        var sets = Read(source, options, folder, cache, check);
        foreach (var note in sets.Notes) log(note);
        if (cache is null)
            log($"What was read cannot be kept for the next run: neither {string.Join(" nor ", places)} can be " +
                "written.");
        return sets;
    }

    /// <summary>Reads new files for a known schema: each set, or what is wrong with it, in the order of the
    /// files.</summary>
    /// <param name="path">A table, a file of sets, or a folder.</param>
    /// <param name="schema">What the sets must have; targets may be missing.</param>
    /// <param name="options">The options of the training; its path is not used.</param>
    /// <exception cref="InvalidDataException">Nothing can be read from the path.</exception>
    public static IEnumerable<FoundPoints> Read(string path, PointSchema schema, PointDataOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(options);
        return PointPrediction.Read(path, schema, options);
    }

    private static PointSets Read(PointSource source, PointDataOptions options, string folder, string? cache, Action<int>? check)
    {
        using var ingest = new PointIngest((columns, file, holdsSets) =>
        {
            var plan = PointPlanner.ForTraining(options, columns, file, guessesId: !source.IsFolder || holdsSets);
            check?.Invoke(plan.Coordinates.Count);
            return plan;
        }, folder);
        // Before reading: what changes meanwhile makes the next run read again.
        var (times, content) = (source.Times(), source.Content());
        foreach (var file in source.Files)
        {
            ingest.BeginFile(file.Name, file.Id, file.Extras, isAlone: source.Files.Count == 1);
            file.Format.Read(new PointFile(file.Path, options), ingest);
            ingest.EndFile();
        }

        ingest.Spool.Complete();
        var findings = new PointFindings(ingest);
        var writer = new PointStoreWriter(
            ingest.Spool, ingest.Sets, findings.Schema, findings.Columns, findings.Codes);
        var notes = new List<string>(source.Notes)
        {
            PointSpeech.Explain(ingest.Plan!, findings.Schema, source.IsFolder),
        };
        if (ingest.Reopened is var (set, place))
            notes.Add($"Rows of a set do not follow one another, such as those of '{ingest.Sets.Ids[set]}' from " +
                $"{ingest.Sets.PlaceOf(set)} and from {place} on; they were put together.");
        notes.AddRange(findings.Notes);
        void Write(Stream stream) => writer.Write(
            stream, findings.SetTargets(), PointCache.Key(options, times, content),
            PointSpeech.Describe(findings.Schema, ingest.Sets.Sizes, source.Path), notes);
        return cache is null ? PointCache.WriteTemporary(folder, Write) : PointCache.Write(cache, Write);
    }

    private static bool IsWritable(string place)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(place))!;
        if (CachePlaces.IsMarkedReadOnly(folder)) return false;
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.RemoveLeftovers(folder);
            using var probe = new FileStream(Path.Combine(folder, $"{Guid.NewGuid():N}.tmp"), FileMode.CreateNew,
                FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
