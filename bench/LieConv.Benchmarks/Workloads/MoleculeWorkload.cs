using LieConv.Kernels;
using LieConv.Molecules;

namespace LieConv.Benchmarks.Workloads;

/// <summary>A training step on molecules of QM9's sizes.</summary>
internal sealed class MoleculeWorkload : Workload
{
    /// <summary>SE(3) with 4 lifts needs 16 times the pairs, so both sides get a batch that the reference can
    /// hold.</summary>
    private const int SmallBatch = 10;

    private readonly MoleculeTraining _molecules;

    private MoleculeWorkload(string name, MoleculeTraining molecules, int count) : base(name) =>
        (Items, _molecules) = (count, molecules);

    /// <summary>Translations, all atoms as neighbours.</summary>
    public static MoleculeWorkload Translations(string name, string group, ProductPrecision products) =>
        new(name, new MoleculeTraining(group, packed: true, products), MoleculeTraining.Batch);

    /// <summary>Rigid motions with several lifts.</summary>
    public static MoleculeWorkload Rigid(string name, string group, ProductPrecision products) =>
        new(name, RigidTraining(group, products), SmallBatch);

    /// <summary>4 lifts, 25 neighbours from half of the lifted atoms, batch 10 on both sides.</summary>
    public static MoleculeTraining RigidTraining(
        string group, ProductPrecision products = ProductPrecision.Full) => new(
        group,
        new MolecularNetworkOptions
        {
            Fill = 0.5,
            Block = MolecularNetworkOptions.UsualBlock with { LiftSamples = 4, SampleCount = 25, Products = products },
            Recentre = true,
        },
        SmallBatch);

    /// <inheritdoc/>
    public override string Item => "molecules";

    /// <inheritdoc/>
    public override double Items { get; }

    /// <inheritdoc/>
    public override double Operations => _molecules.Count.Training;

    /// <inheritdoc/>
    public override void Step(Side side) => _molecules.Train(side);

    /// <inheritdoc/>
    public override void Dispose() => _molecules.Dispose();
}
