using System.Globalization;
using LieConv.Datasets.Made;
using LieConv.Tests.Cli;

namespace LieConv.Tests.Datasets.Made;

public sealed class MadeDataTests
{
    /// <summary>Names of the data whose labels are invariant, and what moves the plane.</summary>
    public static TheoryData<string, string> Invariances =>
        new((from name in new[] { "so2", "t2", "rx", "none" } from move in new[] { "so2", "t2", "rx" } select (name, move)).ToArray());

    /// <summary>By construction: moved by its own group, no set changes its label; moved by another, at least a quarter do
    /// (of two answers one becomes as good as drawn, and a drawn one is wrong half the time).</summary>
    [Theory]
    [MemberData(nameof(Invariances))]
    public void InvariantSets_Moved_KeepTheirLabelUnderTheirGroupOnly(string name, string move)
    {
        var data = (InvariantSets)MadeData.Find($"invariant-{name}");
        var (changed, unclear) = (0, 0);
        const int Sets = 200;
        for (var set = 0; set < Sets; set++)
        {
            var made = data.Create(0, set, 18);
            Assert.Equal(made.Label, data.LabelOf(made.Numbers));
            var label = data.LabelOf(Moved(made.Numbers, move, set));
            if (label is null) unclear++;
            else if (label != made.Label) changed++;
        }
        if (name == move) Assert.Equal((0, 0), (changed, unclear));
        else Assert.True(changed > Sets / 4, $"{changed} of {Sets} labels changed, {unclear} became unclear");
    }

    [Fact]
    public void All_SameSeed_GivesTheSameSetsAndEveryLabelAsOften()
    {
        foreach (var data in MadeData.All)
        {
            var sets = Enumerable.Range(0, 20).Select(set => data.Create(3, set, data.UsualPoints)).ToArray();
            Assert.All(sets.Index(), pair => Assert.Equal(pair.Item.Numbers, data.Create(3, pair.Index, data.UsualPoints).Numbers));
            Assert.NotEqual(sets[0].Numbers, data.Create(4, 0, data.UsualPoints).Numbers);
            Assert.NotEqual(sets[0].Numbers, sets[5].Numbers);
            Assert.All(sets, set => Assert.All(set.Numbers, number => Assert.True(double.IsFinite(number))));
            Assert.All(sets, set => Assert.Equal(data.HasLabel, set.Label is not null));
            Assert.Single(sets.CountBy(set => set.Label ?? "").Select(pair => pair.Value).Distinct());
        }
    }

    /// <summary>The potential at a point, summed from the file's own columns; those far away count less.</summary>
    [Fact]
    public void Charges_Potential_IsTheSumOverTheCharges()
    {
        var numbers = MadeData.Find("charges3d").Create(0, 0, 32).Numbers.Chunk(5).ToArray();
        Assert.Equal(4, numbers.Count(point => point[3] != 0));
        foreach (var point in numbers)
            Assert.Equal(point[4], numbers.Sum(other => other[3] / Math.Sqrt(0.25 +
                (point[0] - other[0]) * (point[0] - other[0]) + (point[1] - other[1]) * (point[1] - other[1]) +
                (point[2] - other[2]) * (point[2] - other[2]))), 12);
    }

    /// <summary>The energy of each molecule from its own rows, in hartree with lengths in bohr; no two atoms touch, and each but
    /// the first is bound.</summary>
    [Fact]
    public void Molecules_Energy_IsTheRepulsionOfTheNuclei()
    {
        var data = MadeData.Find("molecules3d");
        for (var set = 0; set < 5; set++)
        {
            var atoms = data.Create(0, set, 20).Numbers.Chunk(5).ToArray();
            Assert.InRange(atoms.Length, 15, 25);
            double Bohrs(double[] a, double[] b) => Math.Sqrt(a.Take(3).Zip(b, (x, y) => (x - y) * (x - y)).Sum()) / 0.529177210903;
            var energy = atoms.SelectMany((a, i) => atoms.Take(i).Select(b => a[3] * b[3] / Bohrs(a, b))).Sum();
            Assert.All(atoms, atom => Assert.Equal(energy, atom[4], 9));
            Assert.Subset(new HashSet<double> { 1, 6, 7, 8 }, atoms.Select(atom => atom[3]).ToHashSet());
            foreach (var (i, atom) in atoms.Index().Skip(1))
                Assert.InRange(atoms.Take(i).Min(other => Bohrs(atom, other)) * 0.529177210903, 1.05, 1.5 + 1e-9);
        }
    }

    /// <summary>There is always room for another atom, however the elements were drawn.</summary>
    [Fact]
    public void Molecules_ManyDraws_ComeToAnEnd()
    {
        var data = MadeData.Find("molecules3d");
        for (var set = 0; set < 5000; set++)
        {
            var atoms = data.Create(1, set, 12).Numbers.Chunk(5).ToArray();
            var hydrogens = atoms.Count(atom => atom[3] == 1);
            Assert.InRange(hydrogens, 0, 2 * (atoms.Length - hydrogens));
        }
        Assert.InRange(data.Create(1, 0, 800).Numbers.Length / 5, 600, 1000);
    }

    /// <summary>The mean radius about the middle tells no shape: it is the size, 0.6 to 1.4, for all.</summary>
    [Fact]
    public void Outlines_Shapes_DifferInForm()
    {
        var data = MadeData.Find("shapes2d");
        var spread = new Dictionary<string, double>();
        for (var set = 0; set < 5; set++)
        {
            var made = data.Create(1, set, 8000);
            var points = made.Numbers.Chunk(2).ToArray();
            var (x, y) = (points.Average(p => p[0]), points.Average(p => p[1]));
            var radii = points.Select(p => Math.Sqrt((p[0] - x) * (p[0] - x) + (p[1] - y) * (p[1] - y))).ToArray();
            Assert.InRange(radii.Average(), 0.58, 1.42);
            spread[made.Label!] = Math.Sqrt(radii.Average(r => r * r) / radii.Average() / radii.Average() - 1);
        }
        Assert.Equal(["cross", "ring", "square", "star", "triangle"], spread.Keys.Order());
        Assert.InRange(spread["ring"], 0.025, 0.035); // the noise alone
        Assert.InRange(spread["square"], 0.08, 0.15);
        Assert.InRange(spread["star"], 0.2, 0.4);
    }

    [Fact]
    public void Make_File_HasALineAPointAndIsTheSameEachTime()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("shapes.csv");
        var result = CliRunner.Run("data", "make", "shapes2d", path, "--sets", "10", "--points", "16", "--seed", "5");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var lines = File.ReadAllLines(path);
        Assert.Equal($"Wrote 10 sets of {lines.Length - 1} points to {path}.\n", result.Output);
        Assert.Equal("set,x,y,label", lines[0]);
        Assert.Equal(10, lines.Skip(1).Select(line => line.Split(',')[0]).Distinct().Count());
        Assert.EndsWith(",cross", lines[1], StringComparison.Ordinal);
        Assert.All(lines.Skip(1), line => Assert.True(double.TryParse(line.Split(',')[1], CultureInfo.InvariantCulture, out _)));
        Assert.Equal(0, CliRunner.Run("data", "make", "shapes2d", path, "--sets", "20", "--points", "16", "--seed", "5").ExitCode);
        Assert.Equal(lines, File.ReadAllLines(path).Take(lines.Length));
    }

    /// <summary>The first point of the charges of seed 0, as a Python program of the same steps gives it: seeds name the
    /// same data on every platform.</summary>
    [Fact]
    public void Make_Charges_FirstLineNeverChanges()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("field.csv");
        Assert.Equal(0, CliRunner.Run("data", "make", "charges3d", path, "--sets", "1").ExitCode);
        Assert.Equal(["set,x,y,z,charge,potential", "1,0.805202,0.315538,-0.36982,0.672983,2.523134"], File.ReadLines(path).Take(2));
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("expected a name that ends in .csv", "data", "make", "shapes2d", "shapes.txt")]
    [InlineData("does not exist", "data", "make", "shapes2d", "no-such-folder/shapes.csv")]
    [InlineData("shapes4d", "data", "make", "shapes4d", "shapes.csv")]
    [InlineData("--points is '3'; expected a whole number from 12 to 10000", "data", "make", "shapes2d", "shapes.csv", "--points", "3")]
    [InlineData("--sets is '0'", "data", "make", "shapes2d", "shapes.csv", "--sets", "0")]
    public void Make_WrongArguments_IsOneSentence(string expected, params string[] arguments)
    {
        var result = CliRunner.Run(arguments);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private static double[] Moved(double[] numbers, string move, int set)
    {
        var moved = numbers.ToArray();
        var (sin, cos) = Math.SinCos(0.3 + 0.9 * set);
        for (var i = 0; i < moved.Length; i += 3)
            (moved[i], moved[i + 1]) = move switch
            {
                "so2" => (cos * moved[i] - sin * moved[i + 1], sin * moved[i] + cos * moved[i + 1]),
                "t2" => (moved[i] + 2 * cos, moved[i + 1] + 2 * sin),
                _ => (moved[i] * (set % 2 == 0 ? 3 : 0.3), moved[i + 1] * (set % 2 == 0 ? 3 : 0.3)),
            };
        return moved;
    }
}
