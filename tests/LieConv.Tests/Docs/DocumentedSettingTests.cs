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
    };

    [Theory]
    [InlineData("digits")]
    [InlineData("moving particles")]
    [InlineData("molecules")]
    public void Settings_OfAFamily_StandInItsDocument(string family)
    {
        var documented = Rows(OfEveryTask).Concat(Rows(Documents[family])).ToHashSet();
        Assert.DoesNotContain(Settings(family), pair => !documented.Contains(pair));
    }

    [Theory]
    [InlineData("moving particles")]
    [InlineData("molecules")]
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

    private static string? Name(string cell) =>
        cell.Trim() is ['`', .. var rest] && rest.IndexOf('`', StringComparison.Ordinal) is > 0 and var end
            ? rest[..end]
            : null;
}
