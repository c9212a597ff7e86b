namespace LieConv.Datasets.Molecules;

/// <summary>Molecules to train on, to choose the best epoch by, and to test on.</summary>
/// <param name="Train">To train on.</param>
/// <param name="Validation">To choose by; null for none.</param>
/// <param name="Test">To test on.</param>
/// <param name="Description">What they are; belongs beside every figure.</param>
/// <param name="IsEmbeddedSample">Whether they are the small sample inside the library.</param>
public sealed record MoleculeParts(
    MoleculeSet Train, MoleculeSet? Validation, MoleculeSet Test, string Description, bool IsEmbeddedSample)
{
    /// <summary>The nuclear charges that occur in any part, ascending.</summary>
    public IReadOnlyList<int> Species { get; } =
    [
        .. Train.Species.Concat(Validation?.Species ?? []).Concat(Test.Species)
            .Distinct().Order().Select(charge => (int)charge),
    ];
}
