namespace LieConv.Training.Pictures;

/// <summary>The letters of the pictures.</summary>
public static class ReportFont
{
    /// <summary>On every common Linux; elsewhere the system's usual font stands in.</summary>
    public const string Family = "DejaVu Sans";
}
