using LieConv.Training.Json;

namespace LieConv.Training.Description;

/// <summary>Settings of how data are parted, with one spelling everywhere.</summary>
public static class SplitSetting
{
    /// <summary>The three fractions at once.</summary>
    public static Setting Fractions() => Setting.Text(
        "--split", "split.training", "Fractions to train on, to choose the best epoch by and to test on.",
        "TRAIN,VALIDATION,TEST") with
    {
        Sets = text => Numbers((string)text) is [{ } training, { } validation, { } test]
            ?
            [
                new("split.training", training), new("split.validation", validation), new("split.test", test),
            ]
            : throw new ArgumentException($"--split is '{text}'; expected three numbers such as 0.7,0.15,0.15."),
    };

    /// <summary>The seed of the split.</summary>
    public static Setting Seed() => UsualSettings.Seed("--split-seed", "splitSeed", "Seed of the split.");

    private static double?[] Numbers(string text) =>
        [.. text.Split(',').Select(part => PlainNumber.TryParse<double>(part.Trim(), out var number) ? number : (double?)null)];
}
