using LieConv.Datasets.Molecules;
using LieConv.Serialization;
using LieConv.Training.Pictures;
using SkiaSharp;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Draws the molecules with the largest errors, each as balls and sticks in the plane in which it is widest.
/// </summary>
internal static class MoleculePicture
{
    private const int Columns = 4;
    private const int Rows = 3;
    private const int Cell = 240;
    private const int TextHeight = 62;

    /// <summary>Writes the picture as PNG.</summary>
    public static void Write(string path, MoleculeSet molecules, MoleculeEvaluation evaluation)
    {
        var scale = evaluation.Targets;
        var worst = Enumerable.Range(0, molecules.Count)
            .Select(i => (Molecule: i, Target: Enumerable.Range(0, scale.Count).MaxBy(t => Error(evaluation, i, t))))
            .OrderByDescending(pair => Error(evaluation, pair.Molecule, pair.Target)).Take(Columns * Rows).ToArray();
        if (worst.Length == 0) return;
        var rows = (worst.Length + Columns - 1) / Columns;
        using var surface = SKSurface.Create(new SKImageInfo(Columns * Cell, rows * (Cell + TextHeight)));
        surface.Canvas.Clear(SKColors.White);
        using var typeface = SKTypeface.FromFamilyName(ReportFont.Family);
        using var font = new SKFont(typeface, 14);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        for (var k = 0; k < worst.Length; k++)
        {
            var (i, t) = worst[k];
            var (x, y) = (k % Columns * Cell, k / Columns * (Cell + TextHeight));
            MoleculeDrawing.Draw(
                surface.Canvas, molecules.ChargesOf(i), molecules.PositionsOf(i), new SKRect(x, y, x + Cell, y + Cell));
            string[] lines =
            [
                $"{MoleculeDrawing.Formula(molecules.ChargesOf(i))} (number {molecules.Ids[i]})",
                FormattableString.Invariant($"{scale[t].Name} {evaluation.True[i][t]:G5} {scale[t].Unit}"),
                FormattableString.Invariant($"predicted {evaluation.Predicted[i][t]:G5} {scale[t].Unit}"),
            ];
            for (var line = 0; line < lines.Length; line++)
                surface.Canvas.DrawText(lines[line], x + 8, y + Cell + 14 + 18 * line, font, ink);
        }
        using var image = surface.Snapshot();
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        AtomicFile.Write(path, png.SaveTo);
    }

    private static double Error(MoleculeEvaluation evaluation, int molecule, int target) =>
        Math.Abs(evaluation.Predicted[molecule][target] - evaluation.True[molecule][target]) / evaluation.Targets[target].Scale;
}
