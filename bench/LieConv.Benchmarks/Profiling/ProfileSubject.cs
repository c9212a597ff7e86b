using LieConv.Benchmarks.Workloads;
using LieConv.Datasets.Basics;
using LieConv.Lifting;
using LieConv.Models;
using LieConv.Molecules;
using static TorchSharp.torch;

namespace LieConv.Benchmarks.Profiling;

/// <summary>A training step whose parts are timed.</summary>
/// <param name="Network">The residual network.</param>
/// <param name="Points">What it reads.</param>
/// <param name="Evaluations">How often it is applied in a step.</param>
/// <param name="Twice">Whether its slope is itself differentiated.</param>
/// <param name="Step">The whole step, without augmentation.</param>
/// <param name="Optimize">The optimiser alone.</param>
/// <param name="Augment">The augmentation of a batch; null where there is none.</param>
/// <param name="Owner">What holds all this.</param>
internal sealed record ProfileSubject(
    LieResNet Network, PointSet Points, int Evaluations, bool Twice, Action Step, Action Optimize, Action? Augment,
    IDisposable Owner) : IDisposable
{
    /// <summary>The step of a workload.</summary>
    /// <exception cref="ArgumentException">If the workload is no training step of a residual network.</exception>
    public static ProfileSubject Create(string workload) => WorkloadCatalog.Find(workload).Name.Split(':', 2) switch
    {
        ["images", var rest] when rest.EndsWith($":{ImageWorkload.Train}", StringComparison.Ordinal) =>
            Create(new ImageTraining(rest[..rest.LastIndexOf(':')])),
        ["molecules", "T3"] => Create(new MoleculeTraining("T3", packed: true)),
        ["molecules", var group] => Create(MoleculeWorkload.RigidTraining(group)),
        ["springs", "T2"] => Create(new SpringTraining("HLieResNet:T2")),
        _ => throw new ArgumentException(
            $"{workload} is no training step of a network on points; expected images:GROUP:train, molecules:GROUP or " +
            "springs:T2."),
    };

    /// <inheritdoc/>
    public void Dispose() => Owner.Dispose();

    private static ProfileSubject Create(ImageTraining images) => new(
        images.Network.Network, images.Network.ToPoints(images.Images), 1, false, images.Train, images.Optimize,
        () => ImageRotation.Rotate(images.Images, rand(ImageTraining.Batch) * (2 * Math.PI)), images);

    private static ProfileSubject Create(MoleculeTraining molecules)
    {
        var augmentation = new MoleculeAugmentation(MoleculeTransform.SO3);
        return new ProfileSubject(
            molecules.Network.Network, molecules.Network.ToPoints(molecules.Molecules), 1, false, molecules.Train,
            molecules.Optimize, () =>
            {
                using var generator = new Generator(1);
                augmentation.Apply(molecules.Molecules, generator);
            }, molecules);
    }

    private static ProfileSubject Create(SpringTraining springs) => new(
        springs.Potential!, springs.Points, SpringTraining.Evaluations, true, springs.Train, springs.Optimize, null,
        springs);
}
