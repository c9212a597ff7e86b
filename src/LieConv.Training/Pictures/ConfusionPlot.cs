using LieConv.Training.Figures;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace LieConv.Training.Pictures;

/// <summary>Draws a confusion matrix: the number in every cell, colour for the errors only.</summary>
internal static class ConfusionPlot
{
    private const int Size = 720;
    private const int LargestSize = 1800;

    /// <summary>Pixels of a cell of a large matrix, and around all cells.</summary>
    private const int Cell = 26;
    private const int Frame = 200;

    /// <summary>Up to so many classes have cells as large as the picture allows.</summary>
    private const int FewClasses = 12;

    /// <summary>Beyond, cells are too small for numbers, and not all names fit.</summary>
    private const int NumberedClasses = 60;

    private const int LongestName = 18;

    /// <summary>Writes the picture as PNG.</summary>
    /// <param name="path">The file.</param>
    /// <param name="confusion">What was counted.</param>
    /// <param name="names">Names of the classes.</param>
    /// <param name="axes">What is below the columns and beside the rows.</param>
    /// <param name="title">The title.</param>
    public static void Write(
        string path, ConfusionMatrix confusion, IReadOnlyList<string> names, (string Predicted, string Right) axes,
        string title)
    {
        var classes = confusion.Classes;
        var isLarge = classes > FewClasses;
        var size = isLarge ? Math.Clamp(classes * Cell + Frame, Size, LargestSize) : Size;
        using var plot = new Plot();
        plot.HideGrid();
        DrawCells(plot, confusion, isLarge ? Math.Clamp(0.42f * (size - Frame) / classes, 6, 14) : 14);
        string[] labels = [.. names.Select(Shortened)];
        var step = (classes + NumberedClasses - 1) / NumberedClasses;
        SetTicks(plot.Axes.Bottom, labels, step, i => i);
        SetTicks(plot.Axes.Left, labels, step, i => classes - 1 - i);
        if (labels.Sum(label => label.Length) > FewClasses * 5 || isLarge)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -60;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.UpperRight;
            // Turned labels are as high as the longest is long.
            plot.Axes.Bottom.MinimumSize = 40 + 6.5f * labels.Max(label => label.Length);
        }
        // The axis's own name stands clear of the longest label.
        if (labels.Max(label => label.Length) > 3)
            plot.Axes.Left.MinimumSize = 36 + 7f * labels.Max(label => label.Length);
        plot.XLabel(axes.Predicted);
        plot.YLabel(axes.Right);
        plot.Title(title);
        plot.Axes.SetLimits(-0.5, classes - 0.5, -0.5, classes - 0.5);
        plot.Font.Set(ReportFont.Family);
        plot.SavePng(path, size, size);
    }

    private static void DrawCells(Plot plot, ConfusionMatrix confusion, float fontSize)
    {
        var (classes, rows) = (confusion.Classes, confusion.Rows);
        var errors = new double[classes, classes];
        var worst = Enumerable.Range(0, classes * classes).Max(i =>
            i / classes == i % classes ? 0 : rows[i / classes][i % classes]);
        for (var row = 0; row < classes; row++)
            for (var column = 0; column < classes; column++)
            {
                var count = rows[row][column];

                // The diagonal is a thousand times larger than the errors, which would all look the same beside it.
                errors[row, column] = row == column ? double.NaN : count;
                if (count == 0 || classes > NumberedClasses) continue;
                var text = plot.Add.Text(FormattableString.Invariant($"{count}"), column, classes - 1 - row);
                text.LabelFontSize = fontSize;
                text.LabelAlignment = Alignment.MiddleCenter;
                if (row == column) text.LabelBold = true;
                else if (2 * count > worst) text.LabelFontColor = Colors.White;
            }

        var heatmap = plot.Add.Heatmap(errors);
        heatmap.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        heatmap.NaNCellColor = classes > NumberedClasses ? Colors.LightGray : Colors.White; // where right ones have no number
        plot.MoveToBottom(heatmap);
    }

    private static void SetTicks(IAxis axis, string[] labels, int step, Func<int, double> place)
    {
        var ticks = new NumericManual();
        for (var i = 0; i < labels.Length; i += step) ticks.AddMajor(place(i), labels[i]);
        axis.TickGenerator = ticks;
    }

    private static string Shortened(string name) => name.Length <= LongestName ? name : name[..(LongestName - 1)] + "…";
}
