using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

/// <summary>What a frame declares is obeyed or refused (https://github.com/libAtoms/extxyz).</summary>
public sealed class ExtendedXyzTests
{
    private static readonly double[] Water = [0, 0, 0.1173, 0, 0.7572, -0.4692, 0, -0.7572, -0.4692];

    private static readonly (string Symbol, string Charge, string Position)[] Atoms =
        [("O", "8", "0 0 0.1173"), ("H", "1", "0 0.7572 -0.4692"), ("H", "1", "0 -0.7572 -0.4692")];

    [Theory]
    [InlineData("Properties=species:S:1:pos:R:3", "{0} {2}")]
    [InlineData("properties=\"species:S:1:pos:R:3\"", "{0} {2}")]
    [InlineData("energy=-76.4 Properties = species:S:1:forces:R:3:pos:R:3 pbc=\"F F F\"", "{0} 0.1 -0.2 0.3 {2}")]
    [InlineData("Properties=id:I:1:species:S:1:pos:R:3", "7 {0} {2}")]
    [InlineData("Properties=pos:R:3:Z:I:1", "{2} {1}")]
    [InlineData("Properties=pos:R:3:numbers:I:1:velo:R:3:name:S:1:fixed:L:2", "{2} {1} nan 1 2 a T F")]
    [InlineData("Properties=species:S:1:pos:R:3:Z:I:1", "{0} {2} {1}")]
    [InlineData("Properties=mass:R:1:species:S:1:tags:I:1:pos:R:3 note=\"a \\\"quoted\\\" = b\" Lattice={1 0 0 0 1 0 0 0 1} pbc=[F, F, F]", "16 {0} 1 {2}")]
    [InlineData("water, no declaration", "{0} {2} 9 9 9")]
    [InlineData("a 5\" drop of = water", "{1} {2}")]
    public void Read_DeclaredColumns_AreTakenFromWhereTheyAre(string comment, string row)
    {
        var contents = Read(Frame(comment, row));
        Assert.Empty(contents.Faults);
        Assert.Empty(contents.Notes);
        Assert.Equal([8, 1, 1], contents.Molecules.Charges);
        Assert.Equal(Water, contents.Molecules.Positions);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("Properties=species:S:1:pos:R:3", "{0} {2} 1", "and no more of them, not 'O 0 0 0.1173 1'")]
    [InlineData("Properties=species:S:1:pos:R:3:forces:R:3", "{0} {2}", "expected the columns species:S:1:pos:R:3:forces:R:3 (atom 1 of 3), not 'O 0 0 0.1173'")]
    [InlineData("Properties=pos:R:3:species:S:1", "{0} {2}", "expected the columns")]
    [InlineData("Properties=id:I:1:species:S:1:pos:R:3", "a {0} {2}", "expected the columns")]
    [InlineData("Properties=species:S:1:pos:R:2", "{0} {2}", "expected pos as pos:R:3, once")]
    [InlineData("Properties=species:S:1:pos:R:3:pos:R:3", "{0} {2} {2}", "expected pos as pos:R:3, once")]
    [InlineData("Properties=species:R:1:pos:R:3", "{0} {2}", "expected species as species:S:1, once")]
    [InlineData("Properties=species:S:1", "{0}", "expected positions, as pos:R:3")]
    [InlineData("Properties=pos:R:3", "{2}", "expected elements, as species:S:1 or Z:I:1")]
    [InlineData("Properties=species:S:1:pos:R", "{0} {2}", "expected names, types and counts in threes")]
    [InlineData("Properties=species:S:1:pos:X:3", "{0} {2}", "expected the types S, R, I and L")]
    [InlineData("Properties=species:S:1:pos:R:3:junk:R:999999999", "{0} {2}", "expected counts from 1 to 10000")]
    [InlineData("Properties=species:S:1:pos:R:3:Z:I:1", "{0} {2} 7", "one element for an atom, not O and 7")]
    [InlineData("Properties=species:S:1:pos:R:3 Properties=pos:R:3:species:S:1", "{0} {2}", "Properties is there twice; expected once")]
    [InlineData("Properties=species:S:1:pos:R:3 pbc=maybe", "{0} {2}", "pbc is 'maybe'; expected T or F")]
    [InlineData("charge=0.5", "{0} {2}", "the charge is '0.5'; expected a whole number")]
    public void Read_DeclarationThatCannotBe_IsRefused(string comment, string row, string message)
    {
        var contents = Read(Frame(comment, row));
        Assert.Equal(0, contents.Molecules.Count);
        Assert.Contains(message, Assert.Single(contents.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lattice=\"8 0 0 0 8 0 0 0 8\"", true)]
    [InlineData("Lattice=\"8 0 0 0 8 0 0 0 8\" pbc=\"T T F\"", true)]
    [InlineData("Lattice=\"8 0 0 0 8 0 0 0 8\" pbc=\"F F F\"", false)]
    [InlineData("pbc=[True, False, False]", true)]
    [InlineData("pbc=\"F F F\"", false)]
    public void Read_LatticeOrRepetition_IsNoted(string comment, bool isPeriodic)
    {
        var notes = Read(Frame(comment, "{0} {2}") + Frame(comment, "{0} {2}")).Notes;
        Assert.Equal(
            isPeriodic ? ["f: molecules 1-2: periodic, predicted as isolated."] : [], MoleculeNote.Lines("f", notes));
    }

    [Theory]
    [InlineData("charge=-1", "f: molecule 1: net charge -1, the network learnt neutral molecules.")]
    [InlineData("total_charge = 2.0", "f: molecule 1: net charge +2, the network learnt neutral molecules.")]
    [InlineData("charge=0", null)]
    [InlineData("charge=unknown", null)]
    public void Read_Charge_IsNoted(string comment, string? line) => Assert.Equal(
        line is null ? [] : [line], MoleculeNote.Lines("f", Read(Frame(comment, "{0} {2}")).Notes));

    [Fact]
    public void Read_Qm9File_GivesWhatTheArchiveReaderGives()
    {
        foreach (var id in new[] { 1, 4, 10, 5000, 100001, 100004 })
        {
            var builder = new MoleculeSetBuilder(MoleculeTargets.Qm9FileNames);
            var text = System.Text.Encoding.UTF8.GetBytes(MoleculeSamples.Text(id));
            new Qm9Record().Read(text, "a", builder);
            var (expected, read) = (builder.Build(), XyzFile.ReadAll([.. text, .. text], "a"));
            Assert.Empty(read.Faults);
            Assert.Equal(2, read.Molecules.Count);
            Assert.Equal(expected.Charges, read.Molecules.ChargesOf(1).ToArray());
            Assert.Equal(expected.Positions, read.Molecules.PositionsOf(1).ToArray());
        }
    }

    [Theory]
    [InlineData("D")]
    [InlineData("T")]
    [InlineData("t")]
    public void Read_HeavyHydrogen_IsHydrogen(string symbol) => Assert.Equal(
        [8, 1, 1], Read(Frame("", "{0} {2}").Replace("H", symbol, StringComparison.Ordinal)).Molecules.Charges);

    private static string Frame(string comment, string row) => "3\n" + comment + "\n" + string.Concat(
        Atoms.Select(atom => string.Format(null, row, atom.Symbol, atom.Charge, atom.Position) + "\n"));

    private static MoleculeFileContents Read(string text) => XyzFile.ReadAll(System.Text.Encoding.UTF8.GetBytes(text), "f");
}
