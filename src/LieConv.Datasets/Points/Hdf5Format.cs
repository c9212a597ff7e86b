using LieConv.Datasets.Readers;

namespace LieConv.Datasets.Points;

/// <summary>HDF5: arrays as those of NumPy's .npz, those in groups as "group/array".</summary>
internal sealed class Hdf5Format : PointFormat
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions => [".h5", ".hdf5"];

    /// <inheritdoc/>
    public override bool ReadsGzip => false;

    /// <inheritdoc/>
    public override void Read(PointFile file, PointSink sink)
    {
        using var hdf5 = Hdf5File.Open(file.Path);
        using var arrays = new NumpyArrays(
            file, [.. hdf5.Arrays.Select(array => array.Name)], name => new Hdf5Stream(hdf5.Find(name)));
        arrays.Read(sink);
    }
}
