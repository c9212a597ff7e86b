using LieConv.Molecules;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Datasets.Molecules;

/// <summary>Makes tensors of molecules.</summary>
public static class MoleculeBatches
{
    /// <summary>Pads the molecules at some places to the largest of them.</summary>
    /// <param name="set">The molecules.</param>
    /// <param name="indices">Places of the b molecules, at least one.</param>
    /// <param name="dtype">Type of the positions.</param>
    /// <param name="device">Where the tensors go; the processor if null.</param>
    /// <param name="centred">Whether positions are relative to the mean of their molecule's. It is taken away in double
    /// precision: far from the origin a float32 has few digits left for differences.</param>
    public static MoleculeBatch Make(
        MoleculeSet set, ReadOnlySpan<int> indices, ScalarType dtype = ScalarType.Float32, Device? device = null,
        bool centred = false)
    {
        var atoms = Largest(set, indices);
        var charges = new long[indices.Length * atoms];
        for (var row = 0; row < indices.Length; row++)
        {
            var own = set.ChargesOf(indices[row]);
            for (var atom = 0; atom < own.Length; atom++) charges[row * atoms + atom] = own[atom];
        }

        var charged = tensor(charges, [indices.Length, atoms], device: device);
        var positions = Pad(set.Positions, set, indices, atoms, dtype, device, centred);
        return new MoleculeBatch(positions, charged, charged > Scalars.Of(0));
    }

    /// <summary>Values of one target.</summary>
    /// <param name="set">The molecules.</param>
    /// <param name="indices">Places of the b molecules.</param>
    /// <param name="target">Place of the target.</param>
    /// <param name="dtype">Type of the values.</param>
    /// <param name="device">Where the tensor goes; the processor if null.</param>
    /// <returns>Values, shape (b).</returns>
    public static Tensor Targets(
        MoleculeSet set, ReadOnlySpan<int> indices, int target, ScalarType dtype = ScalarType.Float32,
        Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        return tensor(set.TargetsOf(target, indices), dtype: dtype, device: device);
    }

    /// <summary>Forces, padded as the positions of <see cref="Make"/> are.</summary>
    /// <returns>Forces, shape (b, n, 3), 0 in padding.</returns>
    /// <exception cref="InvalidOperationException">The set has no forces.</exception>
    public static Tensor Forces(
        MoleculeSet set, ReadOnlySpan<int> indices, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        var atoms = Largest(set, indices);
        return Pad(set.Forces ?? throw new InvalidOperationException("This set has no forces."),
            set, indices, atoms, dtype, device);
    }

    private static int Largest(MoleculeSet set, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (indices.IsEmpty) throw new ArgumentException("A batch needs at least one molecule.", nameof(indices));
        var most = 0;
        foreach (var index in indices) most = Math.Max(most, set.AtomCount(index));
        return most;
    }

    private static Tensor Pad(
        double[] vectors, MoleculeSet set, ReadOnlySpan<int> indices, int atoms, ScalarType dtype, Device? device,
        bool centred = false)
    {
        var padded = new double[indices.Length * atoms * 3];
        for (var row = 0; row < indices.Length; row++)
        {
            var own = padded.AsSpan(row * atoms * 3, 3 * set.AtomCount(indices[row]));
            vectors.AsSpan(3 * set.Offsets[indices[row]], own.Length).CopyTo(own);
            if (centred) Centre(own);
        }
        return tensor(padded, [indices.Length, atoms, 3], dtype: dtype, device: device);
    }

    private static void Centre(Span<double> positions)
    {
        for (var axis = 0; axis < 3; axis++)
        {
            var mean = 0.0;
            for (var i = axis; i < positions.Length; i += 3) mean += positions[i] / (positions.Length / 3);
            for (var i = axis; i < positions.Length; i += 3) positions[i] -= mean;
        }
    }
}
