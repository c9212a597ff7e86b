using System.CommandLine;
using System.Text.Json;
using LieConv.Cli.Commands;
using LieConv.Cli.Doctor;
using LieConv.Cli.Doctor.Facts;
using LieConv.Training.Book;

namespace LieConv.Tests.Doctor;

public sealed class DoctorCommandTests
{
    [Fact]
    public void Doctor_OnThisMachine_Succeeds()
    {
        var (code, text) = Run();
        Assert.Equal(0, code);
        Assert.Contains("Everything needed for training works.", text, StringComparison.Ordinal);
        Assert.Contains("libtorch", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Doctor_Json_HoldsEveryFinding()
    {
        var (_, text) = Run("--json");
        using var document = JsonDocument.Parse(text);
        var findings = document.RootElement.EnumerateArray().ToArray();

        Assert.Equal(DoctorReport.Checks.Count, findings.Length);
        Assert.All(findings, finding =>
        {
            Assert.Contains(finding.GetProperty("status").GetString(), (string[])["ok", "warn"]);
            Assert.NotEmpty(finding.GetProperty("check").GetString()!);
            Assert.NotEmpty(finding.GetProperty("detail").GetString()!);
        });
    }

    [Fact]
    public void WriteText_BrokenMachine_ShowsAdviceAndSaysSo()
    {
        var writer = new StringWriter();
        DoctorReport.WriteText(writer, [Finding.Ok("a", "fine"), Finding.Fail("longer", "broken", "mend it")]);
        Assert.Equal(
            ["ok    a       fine", "fail  longer  broken", "              -> mend it", "Something is broken: follow the advice beside 'fail'.", ""],
            writer.ToString().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("xGLIBCXX_3.4.9\0GLIBCXX_3.4.30\0GLIBCXX_3.4.28\0", 30)]
    [InlineData("GLIBCXX_3.4\0GLIBCXX_3.4.x\0GLIBCXX_3.4.", null)]
    [InlineData("", null)]
    public void HighestVersion_Bytes_IsTheLargestNumber(string text, int? expected) =>
        Assert.Equal(expected, LibstdcxxProbe.HighestVersion(System.Text.Encoding.ASCII.GetBytes(text)));

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var output = new StringWriter();
        var code = DoctorCommand.Create(new TaskBook(TaskBook.All)).Parse(arguments).Invoke(new InvocationConfiguration { Output = output });
        return (code, output.ToString());
    }
}
