using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Molecules;

/// <summary>Random motions of whole molecules by name, for augmentation in training and for tests of equivariance in
/// evaluation.</summary>
public static class MoleculeTransforms
{
    /// <summary>The names in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enum.GetNames<MoleculeTransform>().Select(name => name == nameof(MoleculeTransform.None) ? "none" : name)];

    /// <summary>The transform of a name; case does not matter.</summary>
    /// <exception cref="ArgumentException">If there is none: one sentence that lists them.</exception>
    public static MoleculeTransform Parse(string name)
    {
        for (var i = 0; i < Names.Count; i++)
            if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase)) return (MoleculeTransform)i;
        throw new ArgumentException(
            $"Unknown transform '{name}'; expected one of {string.Join(", ", Names)}.", nameof(name));
    }

    /// <summary>Moves each molecule by a motion of its own.</summary>
    /// <param name="batch">The molecules.</param>
    /// <param name="transform">Which motions.</param>
    /// <param name="generator">Source of the motions: rotations uniform, translations normal with
    /// <see cref="MoleculeAugmentation.DefaultScale"/> Angstrom in each direction.</param>
    /// <returns>The moved molecules, with new positions; charges and mask are those of the batch.</returns>
    /// <exception cref="ArgumentException">If the positions have another shape.</exception>
    public static MoleculeBatch Apply(MoleculeBatch batch, MoleculeTransform transform, Generator generator) =>
        new MoleculeAugmentation(transform).Apply(batch, generator);

    /// <summary>Translates, and then rotates about the origin; padding moves, too.</summary>
    /// <param name="positions">Shape (b, n, 3).</param>
    /// <param name="translations">In Angstrom, shape (b, 1, 3) or one that broadcasts; null for none.</param>
    /// <param name="quaternions">(w, x, y, z) of any length above 0, shape (b, 1, 4) or one that broadcasts; null for
    /// none.</param>
    /// <returns>New positions, shape (b, n, 3).</returns>
    /// <exception cref="ArgumentException">If a shape or element type does not fit.</exception>
    public static Tensor Move(Tensor positions, Tensor? translations, Tensor? quaternions)
    {
        Guard.LastDimension(positions, 3, nameof(Move), nameof(positions));
        if (translations is not null)
        {
            Guard.LastDimension(translations, 3, nameof(Move), nameof(translations));
            Guard.Broadcast(positions, translations, nameof(Move), "positions and translations");
        }
        if (quaternions is not null)
        {
            Guard.LastDimension(quaternions, 4, nameof(Move), nameof(quaternions));
            Guard.Broadcast(positions, quaternions, nameof(Move), "positions and quaternions");
        }
        using var scope = NewDisposeScope();
        var moved = translations is null ? positions.alias() : positions + translations;
        if (quaternions is not null)
            moved = UnitQuaternion.Rotate(quaternions / quaternions.norm(-1, keepdim: true), moved);
        return scope.MoveToOuter(moved);
    }
}
