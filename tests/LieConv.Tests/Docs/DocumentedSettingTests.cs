using System.Text.RegularExpressions;
using LieConv.Training.Book;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Tests.Docs;

/// <summary>The tables of options in the documents say what the descriptions of the tasks say.</summary>
public sealed class DocumentedSettingTests
{
    private const string OfEveryTask = "training.md";

    /// <summary>The document of each family.</summary>
    private static readonly Dictionary<string, string> Documents = new()
    {
        ["digits"] = OfEveryTask, ["moving particles"] = "dynamics.md", ["molecules"] = "molecules.md",
        ["points"] = "own-data.md", ["pictures"] = "own-pictures.md",
    };

    [Theory]
    [InlineData("digits")]
    [InlineData("moving particles")]
    [InlineData("molecules")]
    [InlineData("points")]
    [InlineData("pictures")]
    public void Settings_OfAFamily_StandInItsDocument(string family)
    {
        var documented = Rows(OfEveryTask).Concat(Rows(Documents[family])).ToHashSet();
        Assert.DoesNotContain(Settings(family), pair => !documented.Contains(pair));
    }

    [Theory]
    [InlineData("moving particles")]
    [InlineData("molecules")]
    [InlineData("points")]
    [InlineData("pictures")]
    public void Tables_OfAFamily_NameNoOtherSettings(string family)
    {
        var (rows, settings) = (Rows(Documents[family]), Settings(family));
        Assert.NotEmpty(rows);
        Assert.DoesNotContain(rows, pair => !settings.Contains(pair));
    }

    private static HashSet<(string Option, string Key)> Settings(string family) =>
        [.. TaskBook.All.Where(task => task.Family == family).SelectMany(task => task.Settings)
            .Select(setting => (setting.Option, setting.Key!))];

    /// <summary>Option and key of lines such as | `--lr` | `train.learningRate` | 0.003 | words |.</summary>
    private static (string Option, string Key)[] Rows(string document) =>
    [
        .. from line in File.ReadAllLines(FencedBlock.Documents.Single(file => Path.GetFileName(file) == document))
           where line.StartsWith("| `--", StringComparison.Ordinal)
           let cells = line.Split('|')[1..^1]
           where cells.Length == 4 && Name(cells[1]) is not null
           select (Name(cells[0])!, Name(cells[1])!),
    ];

    /// <summary>Every setting is what config.json calls it: what the option gives is found under the key.</summary>
    [Fact]
    public void Settings_OfEveryTask_AreKeysOfTheirConfiguration()
    {
        foreach (var task in TaskBook.All)
        {
            var config = ConfigFile.Flatten<object>(task.Configure(SettingValues.None, []), "");
            foreach (var setting in task.Settings)
                Assert.True(config.ContainsKey(setting.Key!), $"{task.Name} has no key {setting.Key} for {setting.Option}");
        }
        Assert.Throws<ArgumentException>(() => ConfigEditor.Set(new TrainOptions(), "nothing", 1));
    }

    /// <summary>The defaults that the tables name are those of the tasks: a value that all presets have, or the preset's,
    /// where they differ.</summary>
    [Theory]
    [InlineData("training.md", null)]
    [InlineData("dynamics.md", "moving particles")]
    [InlineData("molecules.md", "molecules")]
    [InlineData("own-data.md", "points")]
    [InlineData("own-pictures.md", "pictures")]
    public void Defaults_OfATable_AreThoseOfTheTasks(string document, string? family)
    {
        var (rows, wrong) = (0, new List<string>());
        foreach (var (option, key, cell) in Defaults(document))
        {
            // What only one family has stands in the table of all, too; the table of a family has its own options.
            var tasks = TaskBook.All.Where(task => family is null || task.Family == family)
                .Where(task => option is null || task.Settings.Any(setting => setting.Option == option)).ToArray();
            var usual = tasks.Select(task => (Task: task.Name, Value: Usual(task).GetValueOrDefault(key)))
                .Where(found => found.Value is not null).ToArray();
            if (usual.Length == 0) continue;
            rows++;
            if (cell == "the preset's")
            {
                if (tasks.SelectMany(Variants).Select(config => config.GetValueOrDefault(key)).OfType<string>().Distinct().Count() == 1)
                    wrong.Add($"{key} is {usual[0].Value} in every preset, not the preset's");
                continue;
            }
            wrong.AddRange(from found in usual
                           where !IsSaid(cell, found.Task, found.Value!)
                           select $"{key} is {found.Value} for {found.Task}, not {cell}");
        }
        Assert.True(wrong.Count == 0, $"{document}: {string.Join("; ", wrong)}");
        Assert.InRange(rows, 3, 100);
    }

    /// <summary>What help texts call the default is it.</summary>
    [Fact]
    public void Defaults_OfHelpTexts_AreThoseOfTheTasks()
    {
        var found = 0;
        foreach (var task in TaskBook.All)
            foreach (var setting in task.Settings)
            {
                if (Regex.Match(setting.Help, @"\[default: ([^] ]+)\]") is not { Success: true } match) continue;
                Assert.Equal((setting.Option, match.Groups[1].Value), (setting.Option, Usual(task)[setting.Key!]));
                found++;
            }
        Assert.True(found >= 2 * TaskBook.All.Count, $"{found}");
    }

    private static Dictionary<string, string> Usual(LearningTask task) =>
        ConfigFile.Flatten<object>(task.Configure(SettingValues.None, []), "");

    /// <summary>The configuration of every preset and network.</summary>
    private static IEnumerable<Dictionary<string, string>> Variants(LearningTask task)
    {
        var help = task.Settings.Single(setting => setting.Option == UsualSettings.PresetOption).Help;
        foreach (var preset in Regex.Match(help, "from: (.*) \\[").Groups[1].Value.Split(", "))
            foreach (var network in task.Networks)
            {
                var given = new Dictionary<string, object> { [UsualSettings.PresetOption] = preset };
                if (task.Settings.Any(setting => setting.Option == UsualSettings.NetworkOption))
                    given[UsualSettings.NetworkOption] = network.Name;
                yield return ConfigFile.Flatten<object>(task.Configure(new SettingValues(given), []), "");
            }
    }

    /// <summary>Whether a cell such as `SE3`; `none` for MD17 says a value.</summary>
    private static bool IsSaid(string cell, string task, string value)
    {
        var parts = cell.Split("; ");
        var own = parts.FirstOrDefault(part => part.EndsWith($" for {task}", StringComparison.OrdinalIgnoreCase));
        return (own is null ? parts[0] : own[..^$" for {task}".Length]) switch
        {
            "the usual data folder" => value == "null",
            "translations" => value is "T2" or "T3",
            var word => word.Trim('`') == value,
        };
    }

    /// <summary>Option, key and default of the lines that have one key.</summary>
    private static (string? Option, string Key, string Default)[] Defaults(string document) =>
    [
        .. from line in File.ReadAllLines(FencedBlock.Documents.Single(file => Path.GetFileName(file) == document))
           where line.StartsWith('|')
           let cells = line.Split('|')[1..^1]
           where cells.Length == 4 && cells[1].Count(letter => letter == '`') == 2
           select (Name(cells[0]), Name(cells[1])!, cells[2].Trim()),
    ];

    private static string? Name(string cell) =>
        cell.Trim() is ['`', .. var rest] && rest.IndexOf('`', StringComparison.Ordinal) is > 0 and var end
            ? rest[..end]
            : null;
}
