using SkiaSharp;

namespace LieConv.Training.Pictures;

/// <summary>Text in pictures, as long as there is room.</summary>
internal static class PictureText
{
    /// <summary>Pixels of a heading.</summary>
    public const int HeadingHeight = 40;

    /// <summary>Pixels beside text.</summary>
    public const int Margin = 16;

    /// <summary>Draws a heading in bold, smaller where it is long.</summary>
    public static void DrawHeading(SKCanvas canvas, string heading, int width)
    {
        using var typeface = SKTypeface.FromFamilyName(ReportFont.Family, SKFontStyle.Bold);
        using var font = new SKFont(typeface, 18);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var room = width - 2f * Margin;
        if (font.MeasureText(heading) > room) font.Size *= Math.Max(0.6f, room / font.MeasureText(heading));
        canvas.DrawText(Shortened(heading, font, room), Margin, 28, font, ink);
    }

    /// <summary>The text, or its start and an ellipsis where it is wider than the room.</summary>
    public static string Shortened(string text, SKFont font, float room)
    {
        var length = text.Length;
        while (length > 1 && font.MeasureText(text[..length] + (length < text.Length ? "…" : "")) > room) length--;
        return length < text.Length ? text[..length] + "…" : text;
    }
}
