using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>
/// Random motions of the molecules of a training batch, each by its own: the original's T3aug, SO3aug and SE3aug.
/// </summary>
/// <param name="transform">Which motions.</param>
/// <param name="translationScale">Standard deviation of the translations in each direction, in Angstrom.</param>
public sealed class MoleculeAugmentation(
    MoleculeTransform transform, double translationScale = MoleculeAugmentation.DefaultScale)
{
    /// <summary>The original's standard deviation of translations, in Angstrom.</summary>
    public const double DefaultScale = 0.5;

    /// <summary>Which motions.</summary>
    public MoleculeTransform Transform { get; } = Enum.IsDefined(transform)
        ? transform
        : throw new ArgumentException($"The transform is {transform}; expected a named one.", nameof(transform));

    /// <summary>Standard deviation of the translations, in Angstrom.</summary>
    public double TranslationScale { get; } = translationScale >= 0 && double.IsFinite(translationScale)
        ? translationScale
        : throw new ArgumentException(
            $"The scale of translations is {translationScale:R}; expected 0 or more.", nameof(translationScale));

    private bool Translates => Transform is MoleculeTransform.T3 or MoleculeTransform.SE3;

    private bool Rotates => Transform is MoleculeTransform.SO3 or MoleculeTransform.SE3;

    /// <summary>Moves the molecules.</summary>
    /// <param name="batch">The molecules.</param>
    /// <param name="generator">Source of the motions, on the CPU: the same for every element type and device.</param>
    /// <returns>The molecules with new positions; charges and mask are those of the batch.</returns>
    /// <exception cref="ArgumentException">If the positions have another shape.</exception>
    public MoleculeBatch Apply(MoleculeBatch batch, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Guard.HasShape(batch.Positions, nameof(batch.Positions), "(b, n, 3)", null, null, 3);
        Guard.IsFloating(batch.Positions, nameof(batch.Positions));
        using var scope = NewDisposeScope();
        var positions = batch.Positions;
        var b = positions.shape[0];
        var translations = Translates ? Normal([b, 1, 3], positions, generator) * Scalars.Of(TranslationScale) : null;
        var quaternions = Rotates ? Normal([b, 1, 4], positions, generator) : null;
        var moved = MoleculeTransforms.Move(positions, translations, quaternions);
        return batch with { Positions = scope.MoveToOuter(moved) };
    }

    private static Tensor Normal(long[] shape, Tensor like, Generator generator) =>
        randn(shape, dtype: ScalarType.Float32, generator: generator).to(like.dtype, like.device);
}
