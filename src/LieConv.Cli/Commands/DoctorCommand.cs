using System.CommandLine;
using LieConv.Cli.Basics;
using LieConv.Cli.Doctor;
using LieConv.Cli.Doctor.Facts;
using LieConv.Training.Book;

namespace LieConv.Cli.Commands;

/// <summary>lieconv doctor.</summary>
internal static class DoctorCommand
{
    /// <param name="book">The tasks, whose data sets are looked for.</param>
    public static Command Create(TaskBook book)
    {
        var json = CommonOptions.Json();
        var command = new Command("doctor", "Check this machine: .NET, libtorch, processor, memory, data; say what to do.") { json };
        command.SetAction(result =>
        {
            var output = result.InvocationConfiguration.Output;
            var findings = DoctorReport.Examine(MachineProbe.Look(book.Data));
            if (result.GetValue(json)) DoctorReport.WriteJson(output, findings);
            else DoctorReport.WriteText(output, findings);
            return DoctorReport.Failed(findings) ? ExitCode.BadInput : ExitCode.Done;
        });
        return command;
    }
}
