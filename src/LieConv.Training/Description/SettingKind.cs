namespace LieConv.Training.Description;

/// <summary>What the value of a setting is.</summary>
public enum SettingKind
{
    /// <summary>Any text, such as a path or a group.</summary>
    Text,

    /// <summary>A whole number of 32 bits: a count.</summary>
    Count,

    /// <summary>A whole number of 64 bits: a seed.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes, where the option is given; it needs no value.</summary>
    Flag,
}
