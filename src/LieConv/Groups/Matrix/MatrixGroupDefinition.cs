using System.Text.Json;
using System.Text.Json.Nodes;

namespace LieConv.Groups;

/// <summary>A matrix group as JSON: its generators, from which all else follows.</summary>
/// <remarks>
/// <para>An object with the keys <c>name</c>, <c>generators</c> (matrices as arrays of rows) and, where wanted,
/// <c>dimensions</c> (D of the points: the rows r of the matrices, which act on the points, or r - 1: they act on (x, 1) and
/// their last rows are 0; r where it is not given), <c>alpha</c> (distance weight) and <c>origin</c> (the point that lifts
/// begin at, for a group that carries it to nearly all others).</para>
/// <para>Where the orbits of the group are told by linear functions of the points, or by these and one positive quadratic
/// form, these functions and the origins are found from the generators; other groups are made in code, from
/// <see cref="MatrixGroupOptions"/>. Of groups that turn, shift and scale coordinates, the motions are found, too, so that
/// networks see sets from frames.</para>
/// </remarks>
public sealed class MatrixGroupDefinition
{
    private const int MostRows = 17;
    private const int LongestName = 40;
    private static readonly string[] Keys = ["name", "dimensions", "generators", "alpha", "origin"];

    private readonly double[,,] _generators;

    private MatrixGroupDefinition(string name, int dimensions, double[,,] generators) =>
        (Name, Dimensions, _generators) = (name, dimensions, generators);

    /// <summary>The group's name.</summary>
    public string Name { get; }

    /// <summary>Dimension D of the points.</summary>
    public int Dimensions { get; }

    /// <summary>Distance weight, in [0, 1].</summary>
    public double Alpha { get; private init; } = LieGroup.DefaultAlpha;

    /// <summary>The point that lifts begin at; null where it is found.</summary>
    public IReadOnlyList<double>? Origin { get; private init; }

    /// <summary>The number d of generators.</summary>
    public int Count => _generators.GetLength(0);

    /// <summary>Reads a definition.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ArgumentException">Something is wrong: half a sentence that names the entry, such as
    /// generators[1][0][2].</exception>
    public static MatrixGroupDefinition Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException failure)
        {
            throw new ArgumentException(failure.LineNumber is { } line
                ? $"it is damaged or incomplete JSON (line {line + 1})"
                : "it is damaged or incomplete JSON", failure);
        }
        catch (InvalidOperationException failure)
        {
            throw new ArgumentException("a text in it is not Unicode", failure);
        }
    }

    /// <summary>The definition as one line of JSON, which <see cref="Parse"/> reads.</summary>
    public string ToJson()
    {
        var generators = new JsonArray([.. Enumerable.Range(0, Count).Select(i => (JsonNode)new JsonArray(
            [.. Enumerable.Range(0, _generators.GetLength(1)).Select(row => (JsonNode)new JsonArray(
                [.. Enumerable.Range(0, _generators.GetLength(2)).Select(
                    column => (JsonNode)JsonValue.Create(_generators[i, row, column]))]))]))]);
        var json = new JsonObject { ["name"] = Name, ["dimensions"] = Dimensions, ["generators"] = generators };
        if (Alpha != LieGroup.DefaultAlpha) json["alpha"] = Alpha;
        if (Origin is { } origin)
            json["origin"] = new JsonArray([.. origin.Select(number => (JsonNode)JsonValue.Create(number))]);
        return json.ToJsonString();
    }

    /// <summary>Makes the group.</summary>
    /// <param name="alpha">Another distance weight; null for the definition's.</param>
    /// <exception cref="ArgumentException">The generators are linearly dependent or not closed under the bracket, or the
    /// group's orbits are not of a kind that is found from them: one sentence.</exception>
    public MatrixGroup Create(double? alpha = null)
    {
        var basis = new AlgebraBasis(Name, _generators);
        basis.CheckClosure();
        var orbits = GeneratorOrbits.Find(Name, basis, Dimensions, Origin);
        return new MatrixGroup(new MatrixGroupOptions
        {
            Name = Name, PointDim = Dimensions, Generators = _generators, Alpha = alpha ?? Alpha,
            OrbitDim = orbits.Count, Orbit = orbits.Count == 0 ? null : orbits.Orbit, Origin = orbits.Origin,
            Motions = GeneratorMotions.Find(basis, Dimensions),
        });
    }

    private static MatrixGroupDefinition Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new ArgumentException("it is not an object");
        foreach (var property in root.EnumerateObject())
            if (!Keys.Contains(property.Name))
                throw new ArgumentException(
                    $"it has an unknown key '{property.Name}'; expected {string.Join(", ", Keys)}");
        var name = Required(root, "name") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : null;
        if (name is not { Length: > 0 and <= LongestName } || !name.All(c => char.IsAsciiLetterOrDigit(c) || "()+-_.".Contains(c)))
            throw new ArgumentException(
                $"name is {root.GetProperty("name")}; expected at most {LongestName} letters, digits and signs of ()+-_.");
        var generators = Generators(Required(root, "generators"));
        var rows = generators.GetLength(1);
        var dimensions = root.TryGetProperty("dimensions", out var given)
            ? given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var number) && number >= 1 &&
                (number == rows || number == rows - 1)
                ? number
                : throw new ArgumentException(
                    $"dimensions is {given}; expected {(rows > 1 ? $"{rows - 1} or " : "")}{rows}, for matrices of {rows} rows")
            : rows;
        if (dimensions < rows) RequireEmptyLastRows(generators);
        return new MatrixGroupDefinition(name, dimensions, generators)
        {
            Alpha = root.TryGetProperty("alpha", out var alpha) ? Weight(alpha) : LieGroup.DefaultAlpha,
            Origin = root.TryGetProperty("origin", out var origin) ? Numbers(origin, "origin", dimensions) : null,
        };
    }

    private static JsonElement Required(JsonElement root, string key) => root.TryGetProperty(key, out var value)
        ? value
        : throw new ArgumentException($"the key '{key}' is missing");

    private static double[,,] Generators(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
            throw new ArgumentException("generators must be an array of at least one matrix");
        var (count, rows) = (json.GetArrayLength(), json[0].ValueKind == JsonValueKind.Array ? json[0].GetArrayLength() : 0);
        if (rows is 0 or > MostRows)
            throw new ArgumentException($"generators[0] has {rows} rows; expected a matrix of 1 to {MostRows} rows");
        if (count > rows * rows)
            throw new ArgumentException($"generators has {count} matrices of {rows} rows; expected at most {rows * rows}");
        var generators = new double[count, rows, rows];
        for (var i = 0; i < count; i++)
        {
            var place = $"generators[{i}]";
            if (json[i].ValueKind != JsonValueKind.Array || json[i].GetArrayLength() != rows)
                throw new ArgumentException(
                    $"{place} has {(json[i].ValueKind == JsonValueKind.Array ? json[i].GetArrayLength() : 0)} rows; " +
                    $"expected {rows}, as generators[0]");
            for (var row = 0; row < rows; row++)
            {
                var numbers = Numbers(json[i][row], $"{place}[{row}]", rows);
                for (var column = 0; column < rows; column++) generators[i, row, column] = numbers[column];
            }
        }
        return generators;
    }

    private static double[] Numbers(JsonElement json, string place, int count)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != count)
            throw new ArgumentException(
                $"{place} has {(json.ValueKind == JsonValueKind.Array ? json.GetArrayLength() : 0)} numbers; expected {count}");
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
            numbers[i] = json[i].ValueKind == JsonValueKind.Number && json[i].TryGetDouble(out var number) &&
                double.IsFinite(number)
                ? number
                : throw new ArgumentException($"{place}[{i}] is {json[i].GetRawText()}; expected a finite number");
        return numbers;
    }

    private static double Weight(JsonElement alpha) =>
        alpha.ValueKind == JsonValueKind.Number && alpha.TryGetDouble(out var weight) && weight is >= 0 and <= 1
            ? weight
            : throw new ArgumentException($"alpha is {alpha.GetRawText()}; expected a number from 0 to 1");

    private static void RequireEmptyLastRows(double[,,] generators)
    {
        var last = generators.GetLength(1) - 1;
        for (var i = 0; i < generators.GetLength(0); i++)
            for (var column = 0; column <= last; column++)
                if (generators[i, last, column] != 0)
                    throw new ArgumentException(FormattableString.Invariant(
                        $"generators[{i}][{last}][{column}] is {generators[i, last, column]}; expected 0 in the last row, ") +
                        "since matrices of D + 1 rows act on (x, 1)");
    }
}
