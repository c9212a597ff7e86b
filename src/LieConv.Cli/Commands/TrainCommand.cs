using System.CommandLine;
using LieConv.Datasets.Molecules;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Cli.Commands;

/// <summary>lieconv train TASK.</summary>
internal static class TrainCommand
{
    public static Command Create() => new("train", "Train a network.")
    {
        TrainRotMnistCommand.Create(),
        TrainDynamicsCommand.Create(DynamicsConfig.Springs, "Train on particles that springs join."),
        TrainDynamicsCommand.Create(DynamicsConfig.NBody, "Train on particles that attract each other by gravity."),
        TrainMoleculesCommand.Create(MoleculeDataOptions.Qm9, "Train on properties of small organic molecules."),
        TrainMoleculesCommand.Create(MoleculeDataOptions.Qm7, "Train on atomization energies of small organic molecules."),
        TrainMoleculesCommand.Create(MoleculeDataOptions.Md17, "Train on energies and forces of one molecule in motion."),
    };
}
