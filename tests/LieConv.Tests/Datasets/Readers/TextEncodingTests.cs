using System.Text;
using LieConv.Datasets.Digits;
using LieConv.Datasets.Molecules;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Tests.Datasets.Readers;

/// <summary>A byte order mark is obeyed by every reader of text and JSON.</summary>
public sealed class TextEncodingTests
{
    private const string Water = "3\nwater\nO 0 0 0.1\nH 0.7 0 -0.5\nH -0.7 0 -0.5\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-16", "utf-16BE", "utf-32", "utf-32BE"];

    [Theory, MemberData(nameof(Encodings))]
    public void Molecules_AnyMark_AreRead(string encoding)
    {
        using var folder = new TemporaryFolder();
        var plain = ReadAs(folder, "a.xyz", Water, null, MoleculeFile.Read);
        Assert.Equal(plain.Positions, ReadAs(folder, "b.xyz", Water, encoding, MoleculeFile.Read).Positions);
        var sdf = MoleculeRecordTestsText();
        Assert.Equal([8, 1, 1], ReadAs(folder, "c.sdf", sdf, encoding, MoleculeFile.Read).Charges);
    }

    [Theory, MemberData(nameof(Encodings))]
    public void States_AnyMark_AreRead(string encoding)
    {
        using var folder = new TemporaryFolder();
        const string table = "particle,m,k,x,y,px,py\n1,2,3,4,5,6,7\n";
        const string json = "{\"mass\":[2],\"stiffness\":[3],\"position\":[[4,5]],\"momentum\":[[6,7]]}";
        foreach (var (name, text) in new[] { ("a.csv", table), ("a.json", json) })
        {
            var system = Assert.Single(ReadAs(folder, name, text, encoding, path => InitialStateFile.Read(path, 2, 2)));
            Assert.Equal([2, 3], system.Parameters[0]);
            Assert.Equal([6, 7], system.Momenta[0]);
        }
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Configuration_AnyMark_IsRead(string encoding)
    {
        using var folder = new TemporaryFolder();
        var config = DynamicsPresets.Create("springs", DynamicsPresets.Names[0], null, null, null, null);
        ConfigFile.Write(folder.At("a.json"), config);
        var text = File.ReadAllText(folder.At("a.json"));
        Assert.Equal(config.ToString(), ReadAs(folder, "b.json", text, encoding, DynamicsConfig.Read).ToString());
        Assert.Equal("springs", RunConfig.TaskOf(folder.At("b.json")));
    }

    [Theory, MemberData(nameof(Encodings))]
    public void Amat_AnyMark_IsRead(string encoding)
    {
        using var folder = new TemporaryFolder();
        var line = string.Join(' ', Enumerable.Repeat("0.5", AmatFile.Side * AmatFile.Side)) + " 3\n";
        using var images = ReadAs(folder, "a.amat", line + line, encoding, path => AmatFile.Read(path));
        Assert.Equal(2, images.Count);
    }

    [Fact]
    public void Tables_OfQm9_MayHaveAMark()
    {
        using var folder = new TemporaryFolder();
        const string row = "C 0 -37.8 -37.8 -37.8 -37.8 2.9\n";
        Assert.Equal(-37.8, ReadAs(folder, "a.txt", row, "utf-8", AtomReferences.Read).SumOf([6], "U0"));
        Assert.Equal([21], ReadAs(folder, "b.txt", "21 C\n", "utf-16", Uncharacterized.Read));
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("{\"mass\":[1],\"\u00ff\":1}", true, "it is not UTF-8 from byte 14 on.")]
    [InlineData("{\"mass\":[1],\"\\ud800\":1}", false, "a text in it is not Unicode.")]
    [InlineData("{\"mass\":[\"\\ud800\"]}", false, "mass holds \"\\ud800\"; expected finite numbers.")]
    [InlineData("{\"mass\":[1],\"mass\":[2]}", false, "it is damaged or incomplete JSON")]
    [InlineData("{\"mass\":[1],\"\\u001b[2J\":1}", false, "'?[2J' is unknown")]
    public void StatesJson_TextThatIsNone_IsOneSentence(string json, bool latin, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("a.json"), (latin ? Encoding.Latin1 : Encoding.UTF8).GetBytes(json));
        var fault = Assert.Throws<InvalidDataException>(() => InitialStateFile.Read(folder.At("a.json"), 1, 2));
        Assert.StartsWith($"'{folder.At("a.json")}'", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', fault.Message);
    }

    [Theory, Trait("Category", "Faults")]
    [InlineData("{\"\u00ff\":1}", true, "it is not UTF-8 from byte 3 on.")]
    [InlineData("{\"\\ud800\":1}", false, "'{0}' cannot be read: ")]
    [InlineData("{\"task\":\"\\ud800\"}", false, "'{0}' cannot be read: ")]
    public void Configuration_TextThatIsNone_IsOneSentence(string json, bool latin, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("a.json");
        File.WriteAllBytes(path, (latin ? Encoding.Latin1 : Encoding.UTF8).GetBytes(json));
        var fault = Assert.Throws<InvalidDataException>(() => ConfigFile.Read<DynamicsConfig>(path));
        Assert.Contains(string.Format(null, message, path), fault.Message, StringComparison.Ordinal);
    }

    private static T ReadAs<T>(TemporaryFolder folder, string name, string text, string? encoding, Func<string, T> read)
    {
        File.WriteAllText(
            folder.At(name), text, encoding is null ? new UTF8Encoding(false) : Encoding.GetEncoding(encoding));
        return read(folder.At(name));
    }

    private static string MoleculeRecordTestsText() => Molecules.MoleculeRecordTests.Sdf(" made here 3D", "  3  2", "");
}
