using System.Globalization;
using LieConv.Groups;
using LieConv.Training.Description;

namespace LieConv.Training.Studies;

/// <summary>One training of a study.</summary>
/// <param name="Network">The network, such as HLieResNet.</param>
/// <param name="Group">Its group; null for a network without one.</param>
/// <param name="Size">Training examples.</param>
/// <param name="Seed">Seed of training and data.</param>
public sealed record StudyCell(string Network, string? Group, int Size, long Seed)
{
    /// <summary>The folder of its run inside the study's.</summary>
    public string FolderName => Path.Combine(
        Group is null ? Network : $"{Network}-{Group.Replace(':', '-')}",
        string.Create(CultureInfo.InvariantCulture, $"n{Size}"),
        string.Create(CultureInfo.InvariantCulture, $"seed{Seed}"));

    /// <summary>The settings that make it.</summary>
    /// <param name="preset">The preset; null for the usual one.</param>
    public SettingValues Settings(string? preset)
    {
        var values = new Dictionary<string, object>
        {
            [UsualSettings.NetworkOption] = Network, [UsualSettings.TrainOption] = Size, [UsualSettings.SeedOption] = Seed,
        };
        if (Group is not null) values[UsualSettings.GroupOption] = Group;
        if (preset is not null) values[UsualSettings.PresetOption] = preset;
        return new SettingValues(values);
    }

    /// <summary>All cells: sizes from the smallest, so that a study that is stopped early has whole rows.</summary>
    /// <param name="known">The networks that there are.</param>
    /// <param name="networks">Networks, each with its group after a colon where it has one: FC, HLieResNet:T2.</param>
    /// <param name="sizes">Numbers of training examples.</param>
    /// <param name="seeds">Seeds.</param>
    /// <param name="parse">The group of a name; null for those of any space.</param>
    /// <exception cref="ArgumentException">If a network or a group is unknown.</exception>
    public static IReadOnlyList<StudyCell> All(
        IReadOnlyList<NetworkChoice> known, IEnumerable<string> networks, IEnumerable<int> sizes, IEnumerable<long> seeds,
        Func<string, LieGroup>? parse = null)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(networks);
        var parsed = networks.Select(text => Parse(known, text, parse ?? LieGroups.Parse)).Distinct().ToArray();
        return
        [
            .. from size in sizes.Distinct().Order()
               from seed in seeds.Distinct()
               from network in parsed
               select network with { Size = size, Seed = seed },
        ];
    }

    /// <summary>The networks of a list: commas between them, those in brackets belong to a group.</summary>
    /// <param name="list">Such as FC,HLieResNet:SE3[2,5].</param>
    public static IReadOnlyList<string> Split(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var (parts, depth, start) = (new List<string>(), 0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] is '(' or '[') depth++;
            if (list[i] is ')' or ']') depth--;
            if (list[i] != ',' || depth > 0) continue;
            parts.Add(list[start..i]);
            start = i + 1;
        }
        return [.. parts, list[start..]];
    }

    private static StudyCell Parse(
        IReadOnlyList<NetworkChoice> known, string text, Func<string, LieGroup> parse)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (name, group) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        var network = known.FirstOrDefault(
                choice => string.Equals(choice.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"Unknown network '{name.Trim()}'; expected one of " +
                $"{string.Join(", ", known.Select(choice => choice.Name))}.");
        // Parsed, so that t2 and T2 are one folder.
        return new StudyCell(
            network.Name, network.HasGroup ? parse(group ?? network.UsualGroup!).ToString() : group, 0, 0);
    }
}
