using System.Text;
using LieConv.Groups;
using LieConv.Groups.Laws;
using LieConv.Training.Json;
using static TorchSharp.torch;

namespace LieConv.Training.Description;

/// <summary>Matrix groups of users, as JSON files (<see cref="MatrixGroupDefinition"/>). A run keeps what the file holds, as
/// one line, under the key <c>generators</c> beside <c>group</c>, and never asks for the file again.</summary>
public static class GroupFile
{
    /// <summary>The option.</summary>
    public const string Option = "--generators";

    /// <summary>The key of config.json.</summary>
    public const string Key = "generators";

    /// <summary>Few cases: the laws are the same for all.</summary>
    private const int Cases = 6;

    /// <summary>Groups by their generators have numerical logarithms, whose cut locus is approached less closely.</summary>
    private static readonly GroupLawsOptions Laws = new()
    {
        Samples = Cases, CutGap = (0.05, 0.3), ToleranceFactor = 100, Dtypes = [ScalarType.Float64],
    };

    /// <summary>The setting of a task whose configuration has a key <c>group</c> and a key <c>generators</c>, both texts: a
    /// file sets both.</summary>
    public static Setting Setting { get; } = Description.Setting.Text(
        Option, Key, "A matrix group from a JSON file, in place of --group (docs/extending.md).", "FILE") with
    {
        Sets = static value =>
        {
            var definition = Read((string)value);
            return [new("group", definition.Name), new(Key, definition.ToJson())];
        },
    };

    /// <summary>Reads a file, and checks that its group obeys the laws of groups, lifts and distances.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It cannot be read, an entry is wrong, or a law does not hold: one sentence that
    /// names the file and the entry or law.</exception>
    public static MatrixGroupDefinition Read(string path)
    {
        var bytes = JsonText.Read(path);
        try
        {
            var definition = MatrixGroupDefinition.Parse(Encoding.UTF8.GetString(bytes));
            Check(definition);
            return definition;
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"'{path}': {FailureText.Describe(fault).TrimEnd('.')}.", fault);
        }
    }

    /// <summary>The group of a configuration.</summary>
    /// <param name="dimensions">Dimension D of the points.</param>
    /// <param name="group">A name, or that of the generators with a distance weight where wanted.</param>
    /// <param name="generators">What <see cref="MatrixGroupDefinition.ToJson"/> gave; empty for a group by name.</param>
    /// <exception cref="ArgumentException">It is wrong, or acts on other points: one sentence.</exception>
    public static LieGroup Create(int dimensions, string group, string generators)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (string.IsNullOrEmpty(generators)) return LieGroups.ParseOn(dimensions, group);
        MatrixGroupDefinition definition;
        try
        {
            definition = MatrixGroupDefinition.Parse(generators);
        }
        catch (ArgumentException fault)
        {
            throw new ArgumentException($"{Key}: {FailureText.Describe(fault).TrimEnd('.')}.", fault);
        }
        if (definition.Dimensions != dimensions)
            throw new ArgumentException(
                $"{definition.Name} acts on {definition.Dimensions}-dimensional points, but these have {dimensions}; expected " +
                $"generators of {dimensions} or {dimensions + 1} rows.");
        return definition.Create(Weight(definition, group));
    }

    /// <summary>What is wrong with a group on points of any number of coordinates, before that is known.</summary>
    /// <param name="most">Most coordinates that points can have.</param>
    /// <param name="group">A name, or that of the generators with a distance weight where wanted.</param>
    /// <param name="generators">What <see cref="MatrixGroupDefinition.ToJson"/> gave; empty for a group by name.</param>
    /// <returns>One sentence; null where it is a group of points of some dimension.</returns>
    public static string? Complaint(int most, string group, string generators)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (generators is { Length: > 0 })
            return Failure(() => Create(MatrixGroupDefinition.Parse(generators).Dimensions, group, generators));
        for (var dimensions = 1; dimensions <= most; dimensions++)
        {
            var own = dimensions;
            if (Failure(() => LieGroups.ParseOn(own, group)) is null) return null;
        }

        return Failure(() => LieGroups.Parse(group)) ?? FormattableString.Invariant(
            $"group is '{group}', which acts on no points of 1 to {most} coordinates; expected one that does.");
    }

    private static string? Failure(Func<LieGroup> create)
    {
        try
        {
            create();
            return null;
        }
        catch (ArgumentException fault)
        {
            return FailureText.Describe(fault);
        }
    }

    /// <summary>The distance weight after the name; null for the definition's.</summary>
    private static double? Weight(MatrixGroupDefinition definition, string group)
    {
        if (group == definition.Name) return null;
        if (group.StartsWith(definition.Name + ":", StringComparison.Ordinal) &&
            PlainNumber.TryParse<double>(group[(definition.Name.Length + 1)..], out var weight) && weight is >= 0 and <= 1)
            return weight;
        throw new ArgumentException(
            $"group is '{group}', but generators are those of {definition.Name}; expected {definition.Name}, with an optional " +
            $"distance weight as in {definition.Name}:0.05.");
    }

    private static void Check(MatrixGroupDefinition definition)
    {
        var group = definition.Create();
        if (GroupLaws.FindBroken(group, Laws) is { Law: var name } broken)
            throw new ArgumentException(FormattableString.Invariant(
                $"{definition.Name} does not obey the law \"{name}\": the error is {broken.Error:G3}; expected at most ") +
                FormattableString.Invariant($"{broken.Tolerance:G3}"));
    }
}
