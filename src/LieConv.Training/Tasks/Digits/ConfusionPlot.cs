using LieConv.Training.Pictures;
using ScottPlot;

namespace LieConv.Training.Tasks.Digits;

/// <summary>Draws a confusion matrix: the number in every cell, colour for the errors only.</summary>
internal static class ConfusionPlot
{
    private const int Size = 720;

    public static void Write(string path, ClassificationEvaluation evaluation)
    {
        var classes = evaluation.Confusion.Count;
        var errors = new double[classes, classes];
        var worst = Enumerable.Range(0, classes * classes).Max(i =>
            i / classes == i % classes ? 0 : evaluation.Confusion[i / classes][i % classes]);
        using var plot = new Plot();
        plot.HideGrid();
        for (var row = 0; row < classes; row++)
            for (var column = 0; column < classes; column++)
            {
                var count = evaluation.Confusion[row][column];

                // The diagonal is a thousand times larger than the errors, which would all look the same beside it.
                errors[row, column] = row == column ? double.NaN : count;
                if (count == 0) continue;
                var text = plot.Add.Text(FormattableString.Invariant($"{count}"), column, classes - 1 - row);
                text.LabelFontSize = 14;
                text.LabelAlignment = Alignment.MiddleCenter;
                if (row == column) text.LabelBold = true;
                else if (2 * count > worst) text.LabelFontColor = Colors.White;
            }

        var heatmap = plot.Add.Heatmap(errors);
        heatmap.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        heatmap.NaNCellColor = Colors.White;
        plot.MoveToBottom(heatmap);
        var names = Enumerable.Range(0, classes).ToArray();
        plot.Axes.Bottom.SetTicks([.. names.Select(i => (double)i)], [.. names.Select(i => $"{i}")]);
        plot.Axes.Left.SetTicks([.. names.Select(i => (double)(classes - 1 - i))], [.. names.Select(i => $"{i}")]);
        plot.XLabel("read as");
        plot.YLabel("true digit");
        plot.Title(FormattableString.Invariant(
            $"Test error {100 * evaluation.Metrics["error"]:F2} % of {evaluation.Count:N0} images"));
        plot.Axes.SetLimits(-0.5, classes - 0.5, -0.5, classes - 0.5);
        plot.Font.Set(ReportFont.Family);
        plot.SavePng(path, Size, Size);
    }
}
