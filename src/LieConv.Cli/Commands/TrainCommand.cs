using System.CommandLine;

namespace LieConv.Cli.Commands;

/// <summary>lieconv train TASK.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train", "Train a network.") { TrainRotMnistCommand.Create() };
}
