namespace LieConv.Datasets.Readers;

/// <summary>The elements of an HDF5 array one after another. Does not own the file.</summary>
/// <param name="array">The array.</param>
internal sealed class Hdf5Stream(Hdf5Array array) : ArrayStream
{
    private long _row;
    private double[] _numbers = [];
    private string[] _texts = [];
    private int _at;

    /// <inheritdoc/>
    public override long[] Shape => array.Shape;

    /// <inheritdoc/>
    public override bool IsText => array.IsText;

    /// <inheritdoc/>
    public override void Read(Span<double> numbers) => Fill(numbers, ref _numbers, array.Read);

    /// <inheritdoc/>
    public override void Read(Span<string> texts) => Fill(texts, ref _texts, array.ReadTexts);

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private void Fill<T>(Span<T> to, ref T[] block, Func<long, int, T[]> read)
    {
        while (!to.IsEmpty)
        {
            if (_at == block.Length)
            {
                var count = (int)Math.Min(array.BlockRows, array.Rows - _row);
                block = read(_row, count);
                _row += count;
                _at = 0;
            }

            var length = Math.Min(to.Length, block.Length - _at);
            block.AsSpan(_at, length).CopyTo(to);
            _at += length;
            to = to[length..];
        }
    }
}
