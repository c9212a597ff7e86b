namespace LieConv.Training.Tasks.Images;

/// <summary>How training pictures are moved at random.</summary>
public enum ImageAugmentation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Turned about their centre by any angle.</summary>
    Rotations,
}
