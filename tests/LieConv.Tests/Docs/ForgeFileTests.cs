using System.Text.Json;
using LieConv.Tests.Support;

namespace LieConv.Tests.Docs;

/// <summary>What a forge and an editor read: the workflow does what anyone can do on a clone, forms ask for what a report
/// needs, and the container has the SDK of global.json.</summary>
public sealed class ForgeFileTests
{
    [Fact]
    public void Workflow_Steps_CallTheCommandOfTheRepositoryWithItsSdk()
    {
        var lines = Read(".github", "workflows", "ci.yml").Split('\n').Select(line => line.Trim()).ToArray();
        Assert.Contains("- run: .ci/run", lines);
        Assert.Contains("global-json-file: global.json", lines);
        Assert.Contains("runs-on: ubuntu-latest", lines);
        // Nothing else is run: what CI does is in the script, where it can be tried.
        Assert.Single(lines, line => line.Contains("run:", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(RepositoryFolder.Path, ".ci", "run")));
    }

    [Fact]
    public void BugReport_Fields_AskForWhatAReportNeeds()
    {
        var form = Read(".github", "ISSUE_TEMPLATE", "bug.yml");
        foreach (var field in new[] { "`lieconv doctor`", "id: command", "id: seed", "id: version" })
            Assert.Contains(field, form, StringComparison.Ordinal);
    }

    /// <summary>YAML by what can be told without a reader of it: no tabs, indents by twos, and the keys that a form
    /// must have.</summary>
    [Fact]
    public void Forms_Text_HasTheShapeOfForms()
    {
        var forms = RepositoryFolder.Files(Path.Combine(".github", "ISSUE_TEMPLATE"), ".yml").ToArray();
        Assert.Equal(["bug", "config", "feature", "maths"], forms.Select(Path.GetFileNameWithoutExtension));
        foreach (var file in forms.Append(Path.Combine(RepositoryFolder.Path, ".github", "workflows", "ci.yml")))
        {
            var lines = File.ReadAllLines(file);
            Assert.DoesNotContain(lines, line => line.Contains('\t', StringComparison.Ordinal));
            Assert.DoesNotContain(lines, line => (line.Length - line.TrimStart(' ').Length) % 2 != 0);
        }
        foreach (var form in forms.Where(file => Path.GetFileName(file) != "config.yml").Select(File.ReadAllText))
            foreach (var key in new[] { "name: ", "description: ", "body:", "required: true" })
                Assert.Contains(key, form, StringComparison.Ordinal);
    }

    [Fact]
    public void Container_Image_HasTheSdkOfTheRepository()
    {
        using var container = JsonDocument.Parse(Read(".devcontainer", "devcontainer.json"));
        using var global = JsonDocument.Parse(Read("global.json"));
        var sdk = Version.Parse(global.RootElement.GetProperty("sdk").GetProperty("version").GetString()!);
        var image = container.RootElement.GetProperty("image").GetString()!;
        Assert.Equal($"mcr.microsoft.com/devcontainers/dotnet:{sdk.Major}.{sdk.Minor}", image);
        Assert.Contains(
            $"<TargetFramework>net{sdk.Major}.{sdk.Minor}</TargetFramework>", Read("Directory.Build.props"),
            StringComparison.Ordinal);
    }

    private static string Read(params string[] path) =>
        File.ReadAllText(Path.Combine([RepositoryFolder.Path, .. path]));
}
