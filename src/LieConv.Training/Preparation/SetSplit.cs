using System.Globalization;

namespace LieConv.Training.Preparation;

/// <summary>Which sets are learnt from, chosen by and tested on.</summary>
/// <param name="Parts">The part of each set.</param>
/// <param name="Method">How it came about, such as "70, 15 and 15 % by class, seed 0".</param>
/// <param name="Notes">Sentences on what a user should know, such as a class that is in no training set.</param>
public sealed record SetSplit(IReadOnlyList<SplitPart> Parts, string Method, IReadOnlyList<string> Notes)
{
    /// <summary>Sets of a part.</summary>
    public int CountOf(SplitPart part) => Parts.Count(other => other == part);

    /// <summary>The sets of a part, in order.</summary>
    public int[] SetsOf(SplitPart part) => [.. Enumerable.Range(0, Parts.Count).Where(set => Parts[set] == part)];

    /// <summary>Such as "700 training, 150 validation and 150 test sets (70, 15 and 15 % by class, seed 0)".</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture,
        $"{CountOf(SplitPart.Training):N0} training, {CountOf(SplitPart.Validation):N0} validation and " +
        $"{CountOf(SplitPart.Test):N0} test sets ({Method})");
}
