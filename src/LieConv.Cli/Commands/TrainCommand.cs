using System.CommandLine;
using LieConv.Training.Configuration;

namespace LieConv.Cli.Commands;

/// <summary>lieconv train TASK.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train", "Train a network.")
    {
        TrainRotMnistCommand.Create(),
        TrainDynamicsCommand.Create(DynamicsConfig.Springs, "Train on particles that springs join."),
        TrainDynamicsCommand.Create(DynamicsConfig.NBody, "Train on particles that attract each other by gravity."),
    };
}
