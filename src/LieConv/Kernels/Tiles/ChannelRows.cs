namespace LieConv.Kernels;

/// <summary>
/// Rows of contiguous channels, some of them padding. A row is read in vectors; where the channels are no multiple of
/// its lanes the last vector overlaps the one before it, which does no harm where each lane stands for itself.
/// </summary>
internal readonly unsafe struct ChannelRows
{
    /// <summary>Fewest channels that fill a vector.</summary>
    public const int FewestChannels = GemmTiles.Lanes;

    /// <summary>Most rows, so that their numbers, rounded up to whole tasks, are integers.</summary>
    public const int MostRows = int.MaxValue - RowsPerTask;

    /// <summary>Rows of one task. Fixed, so that sums have the same order for any number of threads.</summary>
    private const int RowsPerTask = 256;

    private readonly byte* _mask;
    private readonly int _rowsPerFlag;

    /// <summary>Describes rows; the mask has one byte for rowsPerFlag rows and may be null.</summary>
    public ChannelRows(int rows, int channels, byte* mask, int rowsPerFlag)
    {
        (Rows, Channels, _rowsPerFlag) = (rows, channels, rowsPerFlag);
        _mask = mask;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Channels in a row, at least <see cref="FewestChannels"/>.</summary>
    public int Channels { get; }

    /// <summary>Vectors of so many lanes in a row.</summary>
    public int Vectors(int lanes) => (Channels + lanes - 1) / lanes;

    /// <summary>Tasks that the rows are divided into.</summary>
    public int Tasks => (Rows + RowsPerTask - 1) / RowsPerTask;

    /// <summary>The rows of a task.</summary>
    public (int First, int End) Task(int task) => (task * RowsPerTask, Math.Min((task + 1) * RowsPerTask, Rows));

    /// <summary>Whether a row counts.</summary>
    public bool IsValid(int row) => _mask is null || _mask[row / _rowsPerFlag] != 0;

    /// <summary>The first channel of a vector.</summary>
    public int Offset(int vector, int lanes) => Math.Min(vector * lanes, Channels - lanes);

    /// <summary>Adds up the tasks' sums, kept by vectors, into channels, in the order of the tasks.</summary>
    public void Collect(float* parts, int stride, double[] sums, int lanes)
    {
        for (var channel = 0; channel < Channels; channel++)
        {
            var vector = channel / lanes;
            var position = vector * lanes + channel - Offset(vector, lanes);
            var sum = 0.0;
            for (var task = 0; task < Tasks; task++) sum += parts[(nint)task * stride + position];
            sums[channel] = sum;
        }
    }
}
