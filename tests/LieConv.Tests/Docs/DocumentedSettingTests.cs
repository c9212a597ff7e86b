using LieConv.Training.Book;
using LieConv.Training.Description;
using LieConv.Training.Json;
using LieConv.Training.Learning;

namespace LieConv.Tests.Docs;

/// <summary>The tables of options in the documents say what the descriptions of the tasks say.</summary>
public sealed class DocumentedSettingTests
{
    private static readonly Setting[] Known = [.. TaskBook.All.SelectMany(task => task.Settings)];

    /// <summary>Lines such as | `--lr` | `train.learningRate` | 0.003 | words |.</summary>
    private static readonly string[][] Rows =
    [
        .. from file in FencedBlock.Documents
           from line in File.ReadAllLines(file)
           where line.StartsWith('|')
           let cells = line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray()
           where cells.Length >= 3 && cells[0].StartsWith("`--", StringComparison.Ordinal) && Name(cells[1]) is not null
           select cells,
    ];

    [Fact]
    public void Tables_OptionsWithAKey_AreSettings()
    {
        Assert.True(Rows.Length > 20, $"only {Rows.Length} rows were found");
        foreach (var cells in Rows)
        {
            var setting = Known.FirstOrDefault(setting => setting.Option == Name(cells[0])) ?? OfASession(Name(cells[0]));
            Assert.True(setting is not null, $"{cells[0]} is no setting of any task");
            Assert.Contains(Name(cells[1]), Known.Append(setting).Where(other => other.Option == setting.Option)
                .Select(other => other.Key));
        }
    }

    [Fact]
    public void Settings_OfEveryTask_StandInATable()
    {
        var documented = Rows.Select(cells => (Name(cells[0]), Name(cells[1]))).ToHashSet();
        Assert.Empty(Known.Select(setting => (setting.Option, setting.Key)).Distinct()
            .Where(pair => !documented.Contains((pair.Option, pair.Key))));
    }

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

    /// <summary>What each session chooses anew is no setting of a task.</summary>
    private static Setting? OfASession(string? option) => option == "--threads"
        ? Setting.Count("--threads", "train.threads", "Threads of libtorch.", least: 0)
        : null;

    private static string? Name(string cell) =>
        cell.Length > 2 && cell[0] == '`' && cell.IndexOf('`', 1) is > 0 and var end ? cell[1..end] : null;
}
