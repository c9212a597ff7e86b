using LieConv.Cli;

namespace LieConv.Tests.Cli;

/// <summary>Runs the tool in process, as a terminal would, and keeps what it printed.</summary>
internal sealed record CliRunner(int ExitCode, string Output, string Error)
{
    public static CliRunner Run(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = CommandLine.Run(args, output, error);
        return new CliRunner(code, output.ToString(), error.ToString());
    }
}
