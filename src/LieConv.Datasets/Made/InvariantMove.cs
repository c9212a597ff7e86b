namespace LieConv.Datasets.Made;

/// <summary>How sets are carried about before they are written.</summary>
internal enum InvariantMove
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By any angle about the origin.</summary>
    Rotation,

    /// <summary>By up to three in both directions.</summary>
    Translation,

    /// <summary>By a factor between 0.3 and 3.3.</summary>
    Scaling,
}
