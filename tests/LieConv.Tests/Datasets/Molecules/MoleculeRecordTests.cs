using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

/// <summary>One bad frame or record costs itself, never its file.</summary>
[Trait("Category", "Faults")]
public sealed class MoleculeRecordTests
{
    private const string Good = "3\nwater\nO 0 0 0.1173\nH 0 0.7572 -0.4692\nH 0 -0.7572 -0.4692\n";

    [Theory]
    [InlineData("3\nbad\nXx 0 0 0.1\nH 0 0.7 -0.4\nH 0 -0.7 -0.4\n", "line 8: expected an element")]
    [InlineData("3\nbad\nO 0 0 zero\nH 0 0.7 -0.4\nH 0 -0.7 -0.4\n", "line 8: expected an element")]
    [InlineData("4\ntoo few\nO 0 0 0.1\nH 0 0.7 -0.4\nH 0 -0.7 -0.4\n", "line 11: expected an element and three coordinates (atom 4 of 4), not '3'")]
    [InlineData("2\ntoo many\nO 0 0 0.1\nH 0 0.7 -0.4\nH 0 -0.7 -0.4\n", "line 10: expected the number of atoms, not 'H 0 -0.7 -0.4'")]
    [InlineData("0\n\n", "line 6: expected the number of atoms, not '0'")]
    [InlineData("0\n5\n", "line 6: expected the number of atoms, not '0'")]
    [InlineData("999999999\nmany\nO 0 0 0.1\n", "(atom 2 of 999999999), not '3'")]
    [InlineData("three\nbad\nO 0 0 0.1\nH 0 0.7 -0.4\nH 0 -0.7 -0.4\n", "line 6: expected the number of atoms, not 'three'")]
    [InlineData("2\nclash\nO 0 0 0\nH 0 0 0.29\n", "line 6: molecule 2 has atoms 1 (O) and 2 (H) 0.29 Angstrom apart; expected at least 0.3 Angstrom.")]
    public void ReadXyz_OneBadFrameOfThree_CostsItself(string bad, string message)
    {
        foreach (var gap in new[] { "", "\n\n" })
        {
            var contents = XyzFile.ReadAll(System.Text.Encoding.UTF8.GetBytes(Good + bad + gap + Good), "f");
            Assert.Equal([1, 3], contents.Molecules.Ids);
            Assert.Equal([8, 1, 1, 8, 1, 1], contents.Molecules.Charges);
            var fault = Assert.Single(contents.Faults);
            if (gap.Length == 0) Assert.Contains(message, fault, StringComparison.Ordinal);
            Assert.StartsWith("f, line ", fault, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("nothing\n\n\n  0  0  0  0  0  0            999 V2000\nM  END\n", "the record declares no atoms; expected at least one")]
    [InlineData("\n", "but the text ends here")]
    [InlineData("a\nb\nc\n  2  0\n    0.0000    0.0000    0.1000 O\n", "expected three coordinates of 10 columns each")]
    [InlineData("a\nb\nc\n  1  0  0\n    0.0000    0.0000    0.1000 O  \n    1.0000    0.0000    0.1000 O  \nM  CHG  1   9  -1\nM  END\n", "'M  CHG', a count")]
    [InlineData("a\nb\nc\n  1  1  0\n    0.0000    0.0000    0.1000 O  \n    1.0000    0.0000    0.1000 O  \nM  END\n", "two atoms and the type of their bond")]
    [InlineData("a\nb\nc\n  2  0  0\n    0.0000    0.0000    0.1000 O  \n    0.1000    0.0000    0.1000 O  \nM  END\n", "molecule 2 has atoms 1 (O) and 2 (O) 0.1 Angstrom apart")]
    [InlineData("a\nb\nc\n  1  0  0  0  0  0            999 V4000\n", "expected a V2000 line of counts, not '1  0")]
    public void ReadSdf_OneBadRecordOfThree_CostsItself(string bad, string message)
    {
        var good = Sdf(" made here 3D", "  3  2", "");
        var contents = SdfFile.ReadAll(System.Text.Encoding.UTF8.GetBytes(good + bad + "$$$$\n" + good), "f");
        Assert.Equal([1, 3], contents.Molecules.Ids);
        Assert.Contains(message.Trim(), Assert.Single(contents.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void FindClash_ManyAtoms_SeesTheOnePairInLinearTime()
    {
        var positions = new double[3 * 100_000];
        for (var i = 0; i < positions.Length; i++) positions[i] = i % 3 == 0 ? i / 3 % 50 : i % 3 == 1 ? i / 150 % 50 : i / 7500;
        Assert.Null(AtomClash.Find(positions));
        (positions[^3], positions[^2], positions[^1]) = (positions[300] + 0.1, positions[301] - 0.2, positions[302]);
        Assert.Equal((100, 99_999), (AtomClash.Find(positions)!.Value.First, AtomClash.Find(positions)!.Value.Second));
    }

    internal static string Sdf(string program, string counts, string properties) =>
        $"water\n{program}\n\n{counts}  0  0  0  0  0  0  0  0999 V2000\n" +
        "    0.0000    0.0000    0.1173 O   0  0  0  0  0  0\n    0.0000    0.7572   -0.4692 H   0  0  0  0  0  0\n" +
        "    0.0000   -0.7572   -0.4692 H   0  0  0  0  0  0\n  1  2  1  0\n  1  3  1  0\n" +
        properties + "M  END\n$$$$\n";
}
