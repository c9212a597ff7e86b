using System.Globalization;
using System.Text.RegularExpressions;

namespace LieConv.Tests.Docs;

/// <summary>docs/from-the-original.md: every keyword of the original has its row, and what the rows name exists.</summary>
public sealed partial class FromTheOriginalTests
{
    [Fact]
    public void Rows_KeywordsOfTheOriginal_AreAllThereOnce()
    {
        var rows = EquivalentRow.All.Select(row => row.Keyword).ToArray();
        Assert.True(rows.Length > 300, $"{rows.Length} rows");
        Assert.Empty(OriginalKeyword.All.Except(rows));
        Assert.Empty(rows.Except(OriginalKeyword.All));
        Assert.Empty(rows.GroupBy(row => (row.Owner, row.Name)).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void Rows_WhatTheyName_Exists() => Assert.Empty(
        from row in EquivalentRow.All
        from name in row.Mentions
        let complaint = Equivalents.Complaint(name)
        where complaint is not null
        select $"{row}: {complaint}");

    [Fact]
    public void Rows_Each_NamesAnEquivalentOrSaysWhyThereIsNone() => Assert.Empty(
        from row in EquivalentRow.All
        let none = row.Here.StartsWith("none: ", StringComparison.Ordinal)
        where none == row.Equivalents.Any() || (none && row.Here.Length < "none: ".Length + 8)
        select $"{row}: {row.Here}");

    /// <summary>Where ours is another default, the row says so: whoever leaves a keyword out gets what they
    /// expect.</summary>
    [Fact]
    public void Rows_OtherDefaultHere_IsSaid() => Assert.Empty(
        from row in EquivalentRow.All
        where !Says().IsMatch(row.Remarks)
        from name in row.Equivalents
        let ours = Text(Equivalents.Default(name))
        let theirs = Text(row.Keyword.Default)
        where ours is not null && theirs is not null && ours != theirs && IsTruth(ours) == IsTruth(theirs)
        select $"{row}: {row.Keyword.Default} there, {ours} here, and no word of it");

    [Theory]
    [InlineData("LieResNetOptions.Chanels", "there is no member or parameter of LieResNetOptions Chanels")]
    [InlineData("SE3(beta)", "there is no member or parameter of SE3 beta")]
    [InlineData("LieResNett", "there is no public type LieResNett")]
    [InlineData("--grup", "there is no option --grup")]
    [InlineData("--set model.chanels", "there is no setting model.chanels")]
    [InlineData("--set model.blockChannels=16", "there is no setting model.blockChannels=16")]
    [InlineData("lieconv trian rotmnist", "there is no command trian rotmnist")]
    public void Complaint_WrongName_IsSeen(string name, string expected) =>
        Assert.Equal(expected, Equivalents.Complaint(name));

    private static bool IsTruth(string text) => text is "True" or "False";

    /// <summary>A default in one form for both sides; null for what cannot be compared.</summary>
    private static string? Text(object? value) => value switch
    {
        null => null,
        bool truth => truth ? "True" : "False",
        int or long or double or float => Convert.ToDouble(value, CultureInfo.InvariantCulture)
            .ToString("G12", CultureInfo.InvariantCulture),
        IReadOnlyList<int> { Count: 1 } list => Text(list[0]),
        IReadOnlyList<double> { Count: 1 } list => Text(list[0]),
        "True" or "False" => (string)value,
        string text when Fraction().Match(text) is { Success: true } parts =>
            Text(double.Parse(parts.Groups[1].Value, CultureInfo.InvariantCulture)
                / (parts.Groups[2].Success ? double.Parse(parts.Groups[2].Value, CultureInfo.InvariantCulture) : 1)),
        "inf" => Text(int.MaxValue),
        _ => null,
    };

    [GeneratedRegex(@"^(-?\d[\d.e-]*)(?:/(\d+))?$")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"ours is|the opposite of it|above 0 for the nearest|0, all particles|Ours is|both parts")]
    private static partial Regex Says();
}
