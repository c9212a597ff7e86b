using LieConv.Datasets.Molecules;

namespace LieConv.Tests.Datasets.Molecules;

public sealed class MoleculeFileTests
{
    private const string Water = "3\nwater\nO 0 0 0.1\nH 0.7 0 -0.5 extra\n1 -0.7 0 -5e-1\n";

    private const string Sdf =
        "water\n  program\n\n  3  2  0  0  0  0  0  0  0  0999 V2000\n" +
        "    0.0000    0.0000    0.1000 O   0  0\n    0.7000    0.0000   -0.5000 H   0  0\n" +
        "   -0.7000    0.0000   -0.5000 H   0  0\n  1  2  1  0\n  1  3  1  0\nM  END\n> <name>\nwater\n\n$$$$\n";

    [Theory]
    [InlineData("a.xyz", Water)]
    [InlineData("a.XYZ", "\n" + Water)]
    [InlineData("a.sdf", Sdf)]
    [InlineData("a.mol", Sdf)]
    public void Read_Water_GivesItsAtoms(string name, string text)
    {
        var set = Read(name, text.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Equal([8, 1, 1], set.Charges);
        Assert.Equal([0, 0, 0.1, 0.7, 0, -0.5, -0.7, 0, -0.5], set.Positions);
        Assert.Empty(set.TargetNames);
    }

    [Theory]
    [InlineData("a.xyz", Water + "\n\n" + Water)]
    [InlineData("a.sdf", Sdf + Sdf)]
    public void Read_SeveralMolecules_NumbersThem(string name, string text)
    {
        var set = Read(name, text);
        Assert.Equal([1, 2], set.Ids);
        Assert.Equal(6, set.Charges.Length);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("a.xyz", "", "a.xyz: holds no molecule; expected the number of atoms in the first line.")]
    [InlineData("a.xyz", "0\n\n", "a.xyz, line 1: expected the number of atoms, not '0'.")]
    [InlineData("a.xyz", "-3\n\n", "a.xyz, line 1: expected the number of atoms, not '-3'.")]
    [InlineData("a.xyz", "99999999999\n\n", "a.xyz, line 1: expected the number of atoms, not '99999999999'.")]
    [InlineData("a.xyz", "2\n\nO 0 0 0\n", "line 4: expected an element and three coordinates (atom 2 of 2), but the text ends here.")]
    [InlineData("a.xyz", "2000000000\n\nO 0 0 0\n", "(atom 2 of 2000000000), but the text ends here.")]
    [InlineData("a.xyz", "1\n\nXx 0 0 0\n", "line 3: expected an element and three coordinates (atom 1 of 1), not 'Xx 0 0 0'.")]
    [InlineData("a.xyz", "1\n\nO 0 0\n", "line 3: expected")]
    [InlineData("a.xyz", "1\n\nO 0 inf 0\n", "line 3: expected")]
    [InlineData("a.xyz", "1\n\nO 0 0 0\nO 1 1 1\n", "line 4: expected the number of atoms, not 'O 1 1 1'.")]
    [InlineData("a.sdf", "", "a.sdf: holds no molecule; expected a V2000 line of counts in line 4.")]
    [InlineData("a.sdf", "a\nb\nc\n  0  0  0  0  0  0            999 V3000\n", "line 4: expected 'M  V30 COUNTS' and the numbers of atoms and bonds, but the record ends here.")]
    [InlineData("a.sdf", "a\nb\nc\n", "line 4: expected a V2000 line of counts, but the text ends here.")]
    [InlineData("a.sdf", "a\nb\nc\n  2  0\n    0.0000    0.0000    0.1000 O\n", "line 6: expected three coordinates of 10 columns each")]
    [InlineData("a.txt", "", "expected a file that ends in .xyz, .sdf or .mol.")]
    public void Read_BadText_SaysFileLineAndExpectation(string name, string text, string message)
    {
        var error = Assert.Throws<InvalidDataException>(() => Read(name, text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact, Trait("Category", "Faults")]
    public void Read_FileThatIsNotThere_SaysSo() => Assert.StartsWith("/no/such.xyz: cannot be read: ",
        Assert.Throws<InvalidDataException>(() => MoleculeFile.Read("/no/such.xyz")).Message, StringComparison.Ordinal);

    [Fact]
    public void Elements_SymbolsAndCharges_GoBothWays()
    {
        for (var charge = 1; charge <= 118; charge++) Assert.Equal(charge, Elements.TryFind(Elements.Symbol(charge)));
        Assert.Equal(17, Elements.TryFind("CL"));
        Assert.Equal(0, Elements.TryFind("Q"));
    }

    private static MoleculeSet Read(string name, string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.At(name), text);
        return MoleculeFile.Read(folder.At(name));
    }
}
