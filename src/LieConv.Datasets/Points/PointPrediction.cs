namespace LieConv.Datasets.Points;

/// <summary>New files for a network that is there already.</summary>
internal static class PointPrediction
{
    /// <summary>Reads all, and gives one set after another.</summary>
    public static IEnumerable<FoundPoints> Read(string path, PointSchema schema, PointDataOptions options)
    {
        var source = PointSource.Find(path, wantsLabels: false);
        using var ingest = new PointIngest((columns, file, holdsSets) => PointPlanner.ForPrediction(
            options, schema, columns, file, guessesId: !source.IsFolder || holdsSets), PointCache.TemporaryFolder());
        foreach (var file in source.Files) Read(file, ingest, options, source.Files.Count == 1);
        var list = ingest.Sets;
        if (ingest.Plan is null)
        {
            for (var set = 0; set < list.Count; set++)
                yield return new FoundPoints(list.Ids[set], list.PlaceOf(set), null, list.FaultOf(set));
            yield break;
        }

        ingest.Spool.Complete();
        // A target of sets may be there in some rows only: all are read as those of points, and looked at then.
        var wide = schema with { Targets = [.. schema.Targets.Select(target => target with { OfPoints = true })] };
        var writer = new PointStoreWriter(ingest.Spool, list, wide,
            [.. Enumerable.Range(0, ingest.Spool.Columns)], new PointCode?[ingest.Spool.Columns]);
        using var sets = PointCache.WriteTemporary(
            PointCache.TemporaryFolder(), stream => writer.Write(stream, [], "", "", []));
        for (var set = 0; set < list.Count; set++)
            yield return new FoundPoints(list.Ids[set], list.PlaceOf(set),
                list.FaultOf(set) is null ? Record(sets, set, schema) : null, list.FaultOf(set));
    }

    private static void Read(PointSourceFile file, PointIngest ingest, PointDataOptions options, bool isAlone)
    {
        try
        {
            ingest.BeginFile(file.Name, file.Id, file.Extras, isAlone);
            file.Format.Read(new PointFile(file.Path, options), ingest);
            ingest.EndFile();
        }
        catch (Exception fault) when (fault is InvalidDataException or ArgumentException)
        {
            if (isAlone && ingest.Sets.Count == 0) throw;
            ingest.FailFile(fault.Message);
        }
    }

    private static PointRecord Record(PointSets sets, int set, PointSchema schema)
    {
        var size = sets.SizeOf(set);
        var (positions, values) = (new double[size * schema.Dimensions], new double[size * schema.Channels]);
        sets.CopyPositions(set, positions);
        sets.CopyValues(set, values);
        var targets = new double[]?[schema.Targets.Count];
        for (var t = 0; t < targets.Length; t++)
        {
            var all = new double[size];
            sets.CopyTargets(set, t, all);
            var found = all.Where(value => !double.IsNaN(value)).ToArray();
            targets[t] = schema.Targets[t].OfPoints
                ? found.Length == size ? all : null
                : found.Distinct().Count() == 1 ? [found[0]] : null;
        }

        return new PointRecord(size, positions, values, targets, sets.GroupOf(set));
    }
}
