using System.Globalization;
using LieConv.Datasets.Points;
using LieConv.Training.Figures;
using LieConv.Training.Pictures;

namespace LieConv.Training.Tasks.Points;

/// <summary>Pictures of an evaluation: confusion and reliability of each class, predicted against true numbers, and the
/// sets with the largest errors.</summary>
internal static class PointPictures
{
    /// <summary>Draws them into a folder.</summary>
    /// <returns>Names of the files.</returns>
    public static IReadOnlyList<string> Write(string folder, PointEvaluation evaluation, PointSets sets)
    {
        var (files, numbers) = (new List<string>(), new List<ParityPanel>());
        var names = PictureNames.Create([.. evaluation.Answers.Select(answers => answers.Target.Name)]);
        foreach (var (answers, own) in evaluation.Answers.Zip(names))
        {
            var prefix = names.Count == 1 ? "" : $"{own}-";
            if (answers.IsClass) WriteClass(answers, prefix);
            else numbers.Add(new ParityPanel(
                answers.Target.Name, "", answers.Truth, answers.Predicted, answers.Errors().Average()));
            Worst(folder, Named($"{prefix}worst.png"), evaluation, answers, sets);
        }
        if (numbers.Count > 0)
            ParityPlot.Write(
                Path.Combine(folder, Named("parity.png")), numbers,
                string.Create(CultureInfo.InvariantCulture, $"{evaluation.Count:N0} test sets"));
        return files;

        void WriteClass(TargetAnswers answers, string prefix)
        {
            var figures = ClassFigures.Compute(answers.Right, answers.LogProbabilities, answers.Width);
            var examples = answers.Target.OfPoints ? "points" : "sets";
            ConfusionPlot.Write(
                Path.Combine(folder, Named($"{prefix}confusion.png")), figures.Confusion, answers.Target.Classes,
                ("predicted", $"true {answers.Target.Name}"),
                string.Create(CultureInfo.InvariantCulture,
                    $"Test error {100 * figures.Confusion.Error:F2} % of {figures.Count:N0} {examples}"));
            ReliabilityPlot.Write(
                Path.Combine(folder, Named($"{prefix}reliability.png")), figures.Reliability, $"test {examples}");
        }

        string Named(string name)
        {
            files.Add(name);
            return name;
        }
    }

    /// <summary>The worst sets, coloured by the error of each point, or by the first value that they carry.</summary>
    private static void Worst(
        string folder, string name, PointEvaluation evaluation, TargetAnswers answers, PointSets sets)
    {
        var (schema, errors) = (sets.Schema, answers.Errors());
        var drawn = answers.Worst(PointSetPicture.Most).Select(place => Draw(place)).ToArray();
        var colours = answers.Target.OfPoints ? $"error of {answers.Target.Name}"
            : schema.Values.Count > 0 && schema.Values[0].Categories.Count == 0 ? schema.Values[0].Name : null;
        PointSetPicture.Write(
            Path.Combine(folder, name), drawn, schema.Dimensions, $"Largest errors of {answers.Target.Name}", colours);

        DrawnSet Draw(int place)
        {
            var set = evaluation.Sets[place];
            var size = sets.SizeOf(set);
            var positions = new double[size * schema.Dimensions];
            sets.CopyPositions(set, positions);
            return new DrawnSet([sets.IdOf(set), .. Lines(answers, place, errors)], positions, Colours(set, place, size));
        }

        double[]? Colours(int set, int place, int size)
        {
            if (answers.Target.OfPoints)
            {
                var first = answers.Sizes.AsSpan(0, place).ToArray().Sum();
                return errors.AsSpan(first, size).ToArray();
            }
            if (schema.Values.Count == 0 || schema.Values[0].Categories.Count > 0) return null;
            var values = new double[size * schema.Channels];
            sets.CopyValues(set, values);
            return [.. Enumerable.Range(0, size).Select(i => values[i * schema.Channels])];
        }
    }

    private static IEnumerable<string> Lines(TargetAnswers answers, int place, double[] errors)
    {
        if (answers.Target.OfPoints)
        {
            var first = answers.Sizes.AsSpan(0, place).ToArray().Sum();
            var mean = errors.AsSpan(first, answers.Sizes[place]).ToArray().Average();
            return [answers.IsClass ? Text("F1", 100 * mean) + " % wrong" : $"mean error {Text("G3", mean)}"];
        }
        if (!answers.IsClass)
            return [$"true {Text("G4", answers.Truth[place])}", $"predicted {Text("G4", answers.Predicted[place])}"];
        var row = answers.LogProbabilities.AsSpan(place * answers.Width, answers.Width);
        var likeliest = ClassTally.Largest(row);
        return
        [
            $"true {answers.Target.Classes[answers.Right[place]]}",
            $"predicted {answers.Target.Classes[likeliest]} ({Text("F0", 100 * Math.Exp(row[likeliest]))} %)",
        ];
    }

    private static string Text(string format, double value) => value.ToString(format, CultureInfo.InvariantCulture);
}
