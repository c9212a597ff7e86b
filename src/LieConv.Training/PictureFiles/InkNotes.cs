using LieConv.Datasets.Digits;
using LieConv.Training.Description;

namespace LieConv.Training.PictureFiles;

/// <summary>How the digits of pictures stand out, what was decided for each, and what a user is told of it.</summary>
/// <param name="ink">What was asked for.</param>
internal sealed class InkNotes(Ink ink)
{
    private const string Option = "--ink";
    private const string Inks = "light, dark or auto";

    /// <summary>Names that a line lists.</summary>
    private const int Listed = 10;

    private readonly List<string> _inverted = [];
    private readonly List<string> _blank = [];

    /// <summary>The option.</summary>
    public static Setting Setting { get; } = Setting.Name<Ink>(
        Option, null, "Digits: light, dark, or auto: by each picture's border [default: auto].", Inks);

    /// <summary>What was asked for.</summary>
    public Ink Asked => ink;

    /// <summary>The ink that a command's options ask for.</summary>
    public static Ink Read(SettingValues options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Text(Option) is { } name ? Enum.Parse<Ink>(name, ignoreCase: true) : Ink.Auto;
    }

    /// <summary>A picture with its digit light, as the training's are; notes what is to be said of it.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="picture">The picture.</param>
    public GreyPicture Light(string name, GreyPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var isDark = picture.IsDark(ink);
        if (isDark) NoteInverted(name);
        if (picture.IsBlank) NoteBlank(name);
        return isDark ? picture.Inverted() : picture;
    }

    /// <summary>Notes a picture that was read inverted.</summary>
    public void NoteInverted(string name) => _inverted.Add(name);

    /// <summary>Notes a picture with nothing to see.</summary>
    public void NoteBlank(string name) => _blank.Add(name);

    /// <summary>Says it.</summary>
    public void Say(Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(say);
        if (_inverted.Count > 0 && ink == Ink.Auto)
            say($"Dark on light and read inverted (--ink light reads as it is): {List(_inverted)}.");
        if (_blank.Count > 0)
            say($"Of one brightness all over, so that the prediction means nothing: {List(_blank)}.");
    }

    private static string List(List<string> names) => string.Join("; ", names.Take(Listed)) +
        (names.Count > Listed ? $"; and {names.Count - Listed} more" : "");
}
