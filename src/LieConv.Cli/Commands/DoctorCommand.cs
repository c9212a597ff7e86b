using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Doctor;
using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Commands;

/// <summary>lieconv doctor.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("doctor", "Check this machine: .NET, libtorch, processor, memory, data; say what to do.") { json };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var findings = DoctorReport.Examine(MachineProbe.Look());
            if (result.GetValue(json)) DoctorReport.WriteJson(output, findings);
            else DoctorReport.WriteText(output, findings);
            return DoctorReport.Failed(findings) ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;
    }
}
