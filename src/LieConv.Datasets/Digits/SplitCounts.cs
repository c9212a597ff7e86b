namespace LieConv.Datasets.Digits;

/// <summary>The words for the sizes of the parts of a data set, the same in every description.</summary>
internal static class SplitCounts
{
    /// <summary>Says for example "10,000 train, 2,000 validation and 50,000 test".</summary>
    public static string Describe(long train, long validation, long test) => validation > 0
        ? FormattableString.Invariant($"{train:N0} train, {validation:N0} validation and {test:N0} test")
        : FormattableString.Invariant($"{train:N0} train and {test:N0} test");
}
