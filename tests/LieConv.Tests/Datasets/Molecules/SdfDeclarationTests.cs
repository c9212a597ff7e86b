using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

/// <summary>Dimension, charges and version of molfiles ("CTfile formats", BIOVIA 2020).</summary>
public sealed class SdfDeclarationTests
{
    private const string Three =
        "water\n  made here 3D\n\n  0  0  0     0  0            999 V3000\nM  V30 BEGIN CTAB\nM  V30 COUNTS 3 2 0 0 0\n" +
        "M  V30 BEGIN ATOM\nM  V30 1 O 0 0 0.1173 0 CHG=1\nM  V30 5 H 0 -\nM  V30 0.7572 -0.4692 0\n" +
        "M  V30 3 H 0 -0.7572 -0.4692 0 MASS=2\nM  V30 END ATOM\nM  V30 BEGIN BOND\nM  V30 1 1 1 5\nM  V30 2 1 1 3\n" +
        "M  V30 END BOND\nM  V30 END CTAB\nM  END\n$$$$\n";

    [Fact]
    public void Read_V3000_GivesAtomsAndCharge()
    {
        var contents = Read(Three + Three);
        Assert.Equal([8, 1, 1, 8, 1, 1], contents.Molecules.Charges);
        Assert.Equal([0, 0, 0.1173, 0, 0.7572, -0.4692, 0, -0.7572, -0.4692], contents.Molecules.PositionsOf(1).ToArray());
        Assert.Equal(["f: molecules 1-2: net charge +1, the network learnt neutral molecules."],
            MoleculeNote.Lines("f", contents.Notes));
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("COUNTS 3 2", "COUNTS 4 2", "expected 4 atoms and 2 bonds, as the record declares, not 3 and 2")]
    [InlineData("COUNTS 3 2", "COUNTS 999999999 2", "expected 999999999 atoms")]
    [InlineData("COUNTS 3 2", "COUNTS 0 0", "the record declares no atoms")]
    [InlineData("M  V30 COUNTS 3 2 0 0 0\n", "", "but the record ends here")]
    [InlineData("3 H 0 -0.7572", "1 H 0 -0.7572", "expected an index that was not there before")]
    [InlineData("1 O 0 0", "1 Q 0 0", "expected an index, an element, three coordinates and a number, not '1 Q 0 0 0.1173")]
    [InlineData("CHG=1", "CHG=x", "a charge as CHG=-1")]
    [InlineData("2 1 1 3", "2 1 1 4", "expected an index, a type and two atoms, not '2 1 1 4'")]
    public void Read_DamagedV3000_SaysWhat(string good, string bad, string message)
    {
        var contents = Read(Three.Replace(good, bad, StringComparison.Ordinal) + Three);
        Assert.Equal([2], contents.Molecules.Ids);
        Assert.Contains(message, Assert.Single(contents.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  0  0  0  0  0  0", "  0  5  0  0  0  0", "", -1)]
    [InlineData("  0  0  0  0  0  0", "  0  3  0  0  0  0", "", 1)]
    [InlineData("  0  0  0  0  0  0", "  0  4  0  0  0  0", "", 0)]
    [InlineData("  0  0  0  0  0  0", "  0  5  0  0  0  0", "M  CHG  1   1   2\n", 2)]
    [InlineData("  0  0  0  0  0  0", "  0  5  0  0  0  0", "M  RAD  1   1   2\n", 0)]
    [InlineData("", "", "M  CHG  2   1   1   2  -1\n", 0)]
    [InlineData("", "", "M  CHG  1   1  -1\nM  CHG  1   2  -1\n", -2)]
    public void Read_Charges_FollowTheNewestDeclaration(string column, string written, string properties, int charge)
    {
        var text = MoleculeRecordTests.Sdf(" made here 3D", "  3  2", properties);
        var place = column.Length == 0 ? -1 : text.IndexOf(column, text.IndexOf("O ", StringComparison.Ordinal), StringComparison.Ordinal);
        if (place >= 0) text = text[..place] + written + text[(place + column.Length)..];
        var expected = charge == 0 ? [] : new[] { FormattableString.Invariant(
            $"f: molecule 1: net charge {charge:+0;-0}, the network learnt neutral molecules.") };
        Assert.Equal(expected, MoleculeNote.Lines("f", Read(text).Notes));
    }

    [Theory]
    [InlineData("2D", "O", true)]                      // a drawing, whatever its atoms
    [InlineData("  ", "C", true)]                      // flat, and two hydrogens missing
    [InlineData("  ", "O", false)]                     // oxygen difluoride lies in a plane and lacks nothing
    [InlineData("3D", "C", false)]                     // said to be in space
    public void Read_FlatCoordinates_AreADrawingWhereSaidOrHydrogensLack(string dimension, string centre, bool isDrawing)
    {
        var text = $"a\n  MADEHERE010126000{0}{dimension}\n\n  3  2  0  0  0  0            999 V2000\n" +
            $"    0.0000    0.0000    0.0000 {centre}   0  0\n    1.4000    0.0000    0.0000 F   0  0\n" +
            "   -0.4000    1.3000    0.0000 F   0  0\n  1  2  1  0\n  1  3  1  0\nM  END\n";
        var contents = Read(text);
        Assert.Equal(isDrawing ? 0 : 1, contents.Molecules.Count);
        if (isDrawing) Assert.Contains("is a drawing without a third dimension", contents.Faults[0], StringComparison.Ordinal);
        else Assert.Equal(centre == "C", contents.Notes.Count == 1);
    }

    private static MoleculeFileContents Read(string text) => SdfFile.ReadAll(System.Text.Encoding.UTF8.GetBytes(text), "f");
}
