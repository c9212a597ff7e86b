namespace LieConv.Datasets.Digits;

/// <summary>The parts of a labelled image set, disjoint.</summary>
/// <param name="Train">Images to learn from.</param>
/// <param name="Validation">Images to choose settings by, or null where none were asked for.</param>
/// <param name="Test">Images for the reported error.</param>
/// <param name="Description">What the data are and where they come from, for people: belongs beside every result.</param>
/// <param name="IsEmbeddedSample">True for the small sample inside the library, not a full data set.</param>
public sealed record ImageSplits(
    ImageDataset Train,
    ImageDataset? Validation,
    ImageDataset Test,
    string Description,
    bool IsEmbeddedSample) : IDisposable
{
    /// <summary>Lets go of the images of all parts.</summary>
    public void Dispose()
    {
        Train.Dispose();
        Validation?.Dispose();
        Test.Dispose();
    }
}
