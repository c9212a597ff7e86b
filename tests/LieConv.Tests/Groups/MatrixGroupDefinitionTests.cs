using LieConv.Groups;
using LieConv.Groups.Laws;
using LieConv.Randomness;
using LieConv.Tests.Support;
using static TorchSharp.torch;

namespace LieConv.Tests.Groups;

/// <summary>Groups as JSON: orbits, origins and motions are found from the generators.</summary>
[Collection("Serial")]
[NoTensorLeaks]
public sealed class MatrixGroupDefinitionTests(ITestOutputHelper output)
{
    private const string Turn = """{"name": "Turn", "generators": [[[0, -1], [1, 0]]]}""";

    private const string Rigid = """
        {"name": "Rigid", "dimensions": 2, "generators":
         [[[0, -1, 0], [1, 0, 0], [0, 0, 0]], [[0, 0, 1], [0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, 1], [0, 0, 0]]]}
        """;

    private const string Similar = """
        {"name": "Similar", "dimensions": 2, "generators":
         [[[0, -1, 0], [1, 0, 0], [0, 0, 0]], [[1, 0, 0], [0, 1, 0], [0, 0, 0]],
          [[0, 0, 1], [0, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 0, 1], [0, 0, 0]]]}
        """;

    private const string Screw = """
        {"name": "Screw", "dimensions": 3, "generators":
         [[[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]], [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]]]}
        """;

    private const string Axis = """{"name": "Axis", "generators": [[[0, -1, 0], [1, 0, 0], [0, 0, 0]]]}""";

    /// <summary>Turns of the plane about (1, 2): the velocity of (x, y) is (2 - y, x - 1).</summary>
    private const string OffCentre = """
        {"name": "OffCentre", "dimensions": 2, "generators": [[[0, -1, 2], [1, 0, -1], [0, 0, 0]]]}
        """;

    private const string Oblique = """
        {"name": "Oblique", "dimensions": 3, "generators": [[[0, 0, 0, 1], [0, 0, 0, 2], [0, 0, 0, -1], [0, 0, 0, 0]]]}
        """;

    private const string Ellipse = """{"name": "Ellipse", "generators": [[[0, -4], [1, 0]]]}""";

    private const string Space = """
        {"name": "Space", "generators": [[[0, 0, 0], [0, 0, -1], [0, 1, 0]], [[0, 0, 1], [0, 0, 0], [-1, 0, 0]],
         [[0, -1, 0], [1, 0, 0], [0, 0, 0]]]}
        """;

    [Theory]
    [Trait("Category", "Laws")]
    [InlineData(Similar), InlineData(Screw), InlineData(OffCentre), InlineData(Oblique), InlineData(Ellipse)]
    public void Create_GroupOfAFile_ObeysEveryLaw(string json)
    {
        LawAssert.AllPass(GroupLaws.Check(MatrixGroupDefinition.Parse(json).Create(), new GroupLawsOptions
        {
            Samples = 3, CutGap = (0.05, 0.3), ToleranceFactor = 100,
        }), output);
    }

    [Theory]
    [InlineData(Turn, 1), InlineData(Rigid, 0), InlineData(Similar, 0), InlineData(Screw, 1), InlineData(Axis, 2)]
    [InlineData(OffCentre, 1), InlineData(Oblique, 2), InlineData(Ellipse, 1), InlineData(Space, 1)]
    public void Create_GroupOfAFile_TellsItsOrbits(string json, int orbits) =>
        Assert.Equal(orbits, MatrixGroupDefinition.Parse(json).Create().OrbitDim);

    /// <summary>x² + 4 y² is what the motion x' = -4 y, y' = x keeps; the radius about (1, 2) the other.</summary>
    [Theory]
    [InlineData(Ellipse, 2.0, 1.0, 2.8284271247461903)]
    [InlineData(OffCentre, 4.0, 6.0, 5.0)]
    [InlineData(Turn, 3.0, -4.0, 5.0)]
    public void Lift_InvariantThatIsFound_IsThatOfTheMotion(string json, double x, double y, double expected)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var group = MatrixGroupDefinition.Parse(json).Create();
        var points = tensor(new[] { x, y, 1.5, 0.5 }).view(1, 2, 2);
        var orbits = group.Lift(points, LiftOptions.Default, new GeneratorDraws(generator)).Orbits![0, .., 0];
        var other = group.Lift(points * 1, LiftOptions.Default, new GeneratorDraws(generator)).Orbits![0, .., 0];
        Assert.Equal(0, (orbits - other).abs().max().item<double>());
        // The form's unit is the library's choice: ratios are not.
        double Size(double a, double b) => json == Ellipse ? Math.Sqrt(a * a + 4 * b * b)
            : json == OffCentre ? Math.Sqrt((a - 1) * (a - 1) + (b - 2) * (b - 2)) : Math.Sqrt(a * a + b * b);
        Assert.Equal(expected, Size(x, y), 1e-12);
        Assert.Equal(Size(x, y) / Size(1.5, 0.5), (orbits[0] / orbits[1]).item<double>(), 1e-9);
    }

    /// <summary>Where the motions are those of coordinates, networks may see sets from frames.</summary>
    [Fact]
    public void Create_MotionsOfCoordinates_AreFound()
    {
        Same(new CoordinateMotions([0, 1], []), Turn);
        Same(new CoordinateMotions([0, 1], [0, 1]), Rigid);
        Same(new CoordinateMotions([0, 1], [0, 1], Scaled: true), Similar);
        Same(new CoordinateMotions([0, 1], [2]), Screw);
        Same(new CoordinateMotions([0, 1], []), Axis);
        Same(new CoordinateMotions([0, 1, 2], []), Space);
        foreach (var other in new[] { OffCentre, Oblique, Ellipse }) Assert.Null(MatrixGroupDefinition.Parse(other).Create().Motions);

        static void Same(CoordinateMotions expected, string json)
        {
            var found = MatrixGroupDefinition.Parse(json).Create().Motions!;
            Assert.Equal(expected.Turned, found.Turned);
            Assert.Equal(expected.Translated, found.Translated);
            Assert.Equal(expected.Scaled, found.Scaled);
        }
    }

    /// <summary>A file's group is the library's where that has the same: distances of lifts agree.</summary>
    [Fact]
    public void Create_RigidMotions_AreSE2()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (own, library) = (MatrixGroupDefinition.Parse(Rigid).Create(), new SE2());
        var tangents = randn([20, 3], dtype: ScalarType.Float64, generator: generator);
        var points = randn([20, 2], dtype: ScalarType.Float64, generator: generator);
        Assert.InRange(
            (own.Act(own.Exp(tangents), points) - library.Act(library.Exp(tangents), points)).abs().max().item<double>(), 0, 1e-12);
    }

    [Fact]
    public void ToJson_OfWhatWasParsed_ParsesToTheSame()
    {
        foreach (var json in new[]
                 {
                     Turn, Screw, """{"name":"A(1)","generators":[[[0,1e-3],[0.1,0]]],"alpha":0.5,"origin":[1,0.25],"dimensions":2}""",
                 })
        {
            var definition = MatrixGroupDefinition.Parse(json);
            var line = definition.ToJson();
            Assert.DoesNotContain('\n', line);
            Assert.Equal(line, MatrixGroupDefinition.Parse(line).ToJson());
            Assert.Equal((definition.Name, definition.Alpha, definition.Count), (MatrixGroupDefinition.Parse(line).Name,
                MatrixGroupDefinition.Parse(line).Alpha, MatrixGroupDefinition.Parse(line).Count));
        }
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData("", "it is damaged or incomplete JSON (line 1)")]
    [InlineData("[]", "it is not an object")]
    [InlineData("{\n\"name\": \"A\",\n\"generators\": [[[0, 1}", "it is damaged or incomplete JSON (line 3)")]
    [InlineData("""{"name": "A"}""", "the key 'generators' is missing")]
    [InlineData("""{"generators": [[[0]]]}""", "the key 'name' is missing")]
    [InlineData("""{"name": "A", "generator": 1, "generators": [[[0]]]}""",
        "it has an unknown key 'generator'; expected name, dimensions, generators, alpha, origin")]
    [InlineData("""{"name": "a b", "generators": [[[0]]]}""", "name is a b; expected at most 40 letters")]
    [InlineData("""{"name": 3, "generators": [[[0]]]}""", "name is 3; expected at most 40 letters")]
    [InlineData("""{"name": "A", "generators": []}""", "generators must be an array of at least one matrix")]
    [InlineData("""{"name": "A", "generators": [1]}""", "generators[0] has 0 rows; expected a matrix of 1 to 17 rows")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [2]]]}""", "generators[0][1] has 1 numbers; expected 2")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [1, 0]], [[1]]]}""", "generators[1] has 1 rows; expected 2, as generators[0]")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [1, "x"]]]}""", "generators[0][1][1] is \"x\"; expected a finite number")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [1, 1e999]]]}""", "generators[0][1][1] is 1e999; expected a finite number")]
    [InlineData("""{"name": "A", "dimensions": 4, "generators": [[[0, 1], [1, 0]]]}""",
        "dimensions is 4; expected 1 or 2, for matrices of 2 rows")]
    [InlineData("""{"name": "A", "dimensions": 1, "generators": [[[0, 1], [1, 0]]]}""",
        "generators[0][1][0] is 1; expected 0 in the last row")]
    [InlineData("""{"name": "A", "alpha": 2, "generators": [[[0, 1], [1, 0]]]}""", "alpha is 2; expected a number from 0 to 1")]
    [InlineData("""{"name": "A", "origin": [1], "generators": [[[0, 1], [1, 0]]]}""", "origin has 1 numbers; expected 2")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [1, 0]], [[0, 2], [2, 0]]]}""",
        "The 2 generators of A are linearly dependent")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [0, 0]], [[0, 0], [1, 0]]]}""",
        "the bracket of generators 0 and 1 is no combination of them")]
    [InlineData("""{"name": "A", "generators": [[[0, 1], [1, 0]]]}""",
        "The orbits of A have 1 of 2 dimensions, and are told neither by linear functions nor by these and one positive form")]
    [InlineData("""{"name": "A", "origin": [1, 0], "generators": [[[0, -1], [1, 0]]]}""",
        "so that one origin does not do for all points; expected none")]
    public void Create_WrongDefinition_NamesTheEntry(string json, string expected) => Assert.Contains(
        expected, Assert.ThrowsAny<ArgumentException>(() => MatrixGroupDefinition.Parse(json).Create()).Message,
        StringComparison.Ordinal);
}
