using LieConv.Datasets.Points;
using LieConv.Training.Conformal;
using LieConv.Training.Description;

namespace LieConv.Training.Tasks.Points;

/// <summary>What was predicted: a row a set, or a row a point where points have targets.</summary>
/// <param name="schema">What the columns of the data mean.</param>
/// <param name="thresholds">What belongs to prediction sets and intervals; null for none.</param>
internal sealed class PointPredictions(PointSchema schema, ConformalThreshold[]? thresholds) : PredictedResults
{
    private readonly List<string> _ids = [];
    private readonly List<int> _sizes = [];
    private readonly List<double>[] _answers = [.. schema.Targets.Select(_ => new List<double>())];
    private int _faults;

    /// <inheritdoc/>
    public override int Count => _ids.Count;

    /// <inheritdoc/>
    public override int Faults => _faults;

    /// <inheritdoc/>
    public override string? Remark => Count == 0
        ? "Nothing could be predicted."
        : $"{Count} sets were predicted; for what could not be, see the lines above.";

    private bool HasPoints => schema.Targets.Any(target => target.OfPoints);

    /// <summary>Counts a set that is wrong.</summary>
    public void Refuse() => _faults++;

    /// <summary>Adds what a network says of a set; what is not finite is said and left out.</summary>
    /// <param name="set">A set without a fault.</param>
    /// <param name="answers">The numbers of each target.</param>
    /// <param name="say">Told what is left out.</param>
    public void Add(FoundPoints set, double[][] answers, Action<string> say)
    {
        if (answers.Index().Any(own => !AreSound(schema.Targets[own.Index].Kind == PointTargetKind.Class, own.Item)))
        {
            Refuse();
            say($"{set.Place}: what is predicted for set '{set.Id}' is not a finite number; left out.");
            return;
        }
        _ids.Add(set.Id);
        _sizes.Add(set.Points!.Count);
        for (var place = 0; place < answers.Length; place++) _answers[place].AddRange(answers[place]);
    }

    /// <inheritdoc/>
    public override ResultTable Table()
    {
        string[] ids = [.. _ids.Zip(_sizes).SelectMany(set => Enumerable.Repeat(set.First, HasPoints ? set.Second : 1))];
        var columns = new List<ResultColumn> { ResultColumn.Texts("set", ids) };
        if (HasPoints)
            columns.Add(ResultColumn.Counts(
                "point", [.. _sizes.SelectMany(size => Enumerable.Range(1, size).Select(i => (long)i))]));
        for (var place = 0; place < _answers.Length; place++)
        {
            var (target, threshold) = (schema.Targets[place], thresholds?[place]);
            columns.AddRange(target.Kind == PointTargetKind.Class
                ? PredictionColumns.Classes(target.Name, target.Classes, Spread(place, target.Classes.Count), threshold)
                : PredictionColumns.Numbers(target.Name, "", Spread(place, 1), threshold));
        }
        return new ResultTable(columns);
    }

    /// <inheritdoc/>
    public override string Json() => Table().Json();

    /// <inheritdoc/>
    public override string Written(string path) => $"Wrote {Count} sets to {path}.";

    /// <summary>A probability may be nothing, its logarithm infinite.</summary>
    private static bool AreSound(bool isClass, double[] numbers) =>
        isClass ? !numbers.Any(double.IsNaN) : numbers.All(double.IsFinite);

    /// <summary>A target's numbers row by row of the table: one of sets stands at each of their points.</summary>
    private double[] Spread(int place, int width)
    {
        if (!HasPoints || schema.Targets[place].OfPoints) return [.. _answers[place]];
        return
        [
            .. _sizes.SelectMany((size, set) =>
                Enumerable.Range(0, size).SelectMany(_ => _answers[place].Skip(set * width).Take(width))),
        ];
    }
}
