using System.CommandLine;
using LieConv.Cli.Doctor;

namespace LieConv.Cli.Commands;

/// <summary>lieconv doctor.</summary>
internal static class DoctorCommand
{
    private const int Broken = 2;

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write the findings as JSON." };
        var command = new Command("doctor", "Check this machine: .NET, libtorch, processor, memory, data; say what to do.") { json };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var findings = DoctorReport.Examine(MachineProbe.Look());
            if (result.GetValue(json)) DoctorReport.WriteJson(output, findings);
            else DoctorReport.WriteText(output, findings);
            return DoctorReport.Failed(findings) ? Broken : 0;
        });
        return command;
    }
}
