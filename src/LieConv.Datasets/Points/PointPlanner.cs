using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>Decides what columns mean: as options name them, or by their names.</summary>
internal sealed class PointPlanner
{
    private readonly PointDataOptions _options;
    private readonly IReadOnlyList<string> _columns;
    private readonly string _file;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    private PointPlanner(PointDataOptions options, IReadOnlyList<string> columns, string file) =>
        (_options, _columns, _file) = (options, columns, file);

    /// <summary>The plan for training.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="columns">Columns of the first file.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="guessesId">Whether a column may be guessed to name sets.</param>
    /// <exception cref="ArgumentException">An option names what is not there.</exception>
    /// <exception cref="InvalidDataException">No coordinates or no target can be found.</exception>
    public static PointPlan ForTraining(
        PointDataOptions options, IReadOnlyList<string> columns, string file, bool guessesId) =>
        new PointPlanner(options, columns, file).Plan(guessesId);

    /// <summary>The plan for new files of a known network.</summary>
    public static PointPlan ForPrediction(
        PointDataOptions options, PointSchema schema, IReadOnlyList<string> columns, string file, bool guessesId)
    {
        var planner = new PointPlanner(options, columns, file);
        return new PointPlan
        {
            Coordinates = planner.KnownCoordinates(schema),
            Values = [.. schema.Values.Select(value => new PlannedColumn(value.Name, Kind: value.Categories.Count == 0
                ? PointTargetKind.Number : PointTargetKind.Class, Known: value.Categories))],
            Targets = [.. schema.Targets.Select(target => new PlannedColumn(
                target.Name, Kind: target.Kind, OfPoints: target.OfPoints, Known: target.Classes))],
            Id = planner.Optional(options.Id) ?? (guessesId ? PointNames.Id(columns) : null),
            Group = planner.Optional(options.Group),
            AreCoordinatesGuessed = options.Coords.Length == 0,
            IsForPrediction = true,
        };
    }

    private PointPlan Plan(bool guessesId)
    {
        var kinds = PointKinds.Parse(_options.Kinds);
        var coordinates = Named(_options.Coords, "coords");
        var id = One(_options.Id, "id");
        var targets = Named(_options.Target, "target");
        var group = One(_options.Group, "group");
        var split = One(_options.Split, "split");
        var values = Named(_options.Values, "values");
        if (coordinates.Count == 0) coordinates = Claim(PointNames.Coordinates(Free()), "coords");
        if (coordinates.Count == 0)
            throw new InvalidDataException(
                $"{_file}: none of its columns {Listed()} is named like a coordinate ({PointNames.CoordinateNames}); " +
                "name them with coords.");
        if (coordinates.Count > PointSchema.MostDimensions)
            throw new InvalidDataException($"{_file}: has {coordinates.Count} columns of coordinates " +
                $"({string.Join(", ", coordinates)}); expected 1 to {PointSchema.MostDimensions}.");
        id ??= _options.Id.Length == 0 && guessesId ? Guess(PointNames.Id(Free())) : null;
        group ??= _options.Group.Length == 0 ? Guess(PointNames.Find("group", Free())) : null;
        split ??= _options.Split.Length == 0 ? Guess(PointNames.Find("split", Free())) : null;
        if (_options.Target.Length == 0)
        {
            targets = Claim([.. Free().Where(PointNames.IsTarget)], "target");
            if (targets.Count == 0)
                throw new InvalidDataException(
                    $"{_file}: none of its columns {Listed()} is named like a target ({PointNames.TargetNames}); " +
                    $"name it with target, or say {PointDataOptions.None} there.");
        }

        var guessesValues = _options.Values.Length == 0;
        if (guessesValues) values = Claim([.. Free().Where(column => !PointNames.IsCounter(column))], "values");
        foreach (var name in kinds.Names)
            if (PointNames.Find(name, [.. values, .. targets]) is null)
                throw new ArgumentException($"kinds names '{name}', which is neither a value nor a target; these are " +
                    $"{PrintableText.Of(string.Join(", ", values.Concat(targets)))}.");
        return new PointPlan
        {
            Coordinates = coordinates,
            Values = [.. values.Select(name => new PlannedColumn(name, guessesValues, kinds.Find(name).Kind))],
            Targets = [.. targets.Select(name => new PlannedColumn(
                name, false, kinds.Find(name).Kind, kinds.Find(name).OfPoints))],
            AreCoordinatesGuessed = _options.Coords.Length == 0,
            Id = id,
            Group = group,
            Split = split,
            LeftOut = [.. Free().Where(name => name.Length > 0)],
        };
    }

    /// <summary>Refuses a file whose points have another dimension than those of the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="columns">Columns of the file.</param>
    /// <param name="file">Its name.</param>
    /// <exception cref="InvalidDataException">It has more coordinates.</exception>
    public static void RequireDimension(PointPlan plan, IReadOnlyList<string> columns, string file)
    {
        if (!plan.AreCoordinatesGuessed) return;
        string?[] others = [.. plan.Values.Concat(plan.Targets).Select(column => column.Name), plan.Id, plan.Group,
            plan.Split];
        var found = PointNames.Coordinates([.. columns.Where(column => !others.Contains(column))]);
        if (found.Count > plan.Coordinates.Count)
            throw new InvalidDataException(
                $"{file}: has {found.Count} coordinates ({Listed(found)}); expected {plan.Coordinates.Count} " +
                $"({Listed(plan.Coordinates)}), as {(plan.IsForPrediction ? "in training" : "in the first file")}.");
    }

    // The file may have been named otherwise than those of the training: then its own names are guessed.
    private IReadOnlyList<string> KnownCoordinates(PointSchema schema)
    {
        var known = schema.Coordinates.Select(name => PointNames.Find(name, _columns)).ToArray();
        if (known.All(name => name is not null)) return known!;
        var guessed = known.All(name => name is null) ? PointNames.Coordinates(_columns) : [];
        if (guessed.Count == schema.Dimensions) return guessed;
        throw new InvalidDataException(
            $"{_file}: has columns {Listed()}; expected the {schema.Dimensions} coordinates " +
            $"{PrintableText.Of(string.Join(", ", schema.Coordinates))} of the training.");
    }

    private string? Optional(string name) =>
        name is "" or PointDataOptions.None ? null : PointNames.Find(name, _columns);

    private IReadOnlyList<string> Named(string option, string key)
    {
        if (option == PointDataOptions.None) return [];
        var columns = new List<string>();
        foreach (var name in PointNames.Parse(option))
        {
            var found = PointNames.Expand(name, _columns);
            if (found.Count == 0)
                throw new ArgumentException(
                    $"{key} names '{PrintableText.Of(name)}', which {_file} does not have; its columns are " +
                        $"{Listed()}.");
            columns.AddRange(found);
        }

        return Claim(columns, key);
    }

    private string? One(string option, string key) => Named(option, key) switch
    {
        [] => null,
        [var column] => column,
        var several => throw new ArgumentException($"{key} names {several.Count} columns; expected one."),
    };

    private IReadOnlyList<string> Claim(IReadOnlyList<string> columns, string key)
    {
        foreach (var column in columns)
            if (!_used.Add(column))
                throw new ArgumentException(
                    $"{key} names column '{PrintableText.Of(column)}', which is used already; expected each column " +
                        "once.");
        return columns;
    }

    private string? Guess(string? column) => column is null ? null : Claim([column], "").Single();

    private string[] Free() => [.. _columns.Where(column => !_used.Contains(column))];

    private string Listed() => Listed(_columns);

    /// <summary>Names of columns for a message.</summary>
    public static string Listed(IReadOnlyList<string> columns)
    {
        const int Most = 30;
        return PrintableText.Shortened(string.Join(", ", columns.Take(Most)), 400) +
            (columns.Count > Most ? $" and {columns.Count - Most} more" : "");
    }
}
