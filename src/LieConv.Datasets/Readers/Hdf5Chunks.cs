using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace LieConv.Datasets.Readers;

/// <summary>
/// Reads an array that lies in chunks, chunk by chunk. The library copies what a selection asks for run by run; h5py
/// chooses chunks such as 128 x 128 x 1 for 2048 x 2048 x 3 (ModelNet40's files), where a run is one number, which is
/// fifty times slower than unpacking. Here each unpacked chunk is taken whole where the library would keep it in its
/// cache, and spread out by a plain loop.
/// </summary>
/// <param name="dataset">The array.</param>
/// <param name="element">Its type.</param>
/// <param name="shape">Its extents.</param>
/// <param name="chunk">Extents of a chunk.</param>
internal sealed class Hdf5Chunks(NativeDataset dataset, Hdf5Element element, long[] shape, long[] chunk)
{
    private bool? _bigEndian = element.Size == 1 ? false : null;

    /// <summary>Reads rows of the first axis.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="to">Takes them, row-major.</param>
    public void Read(long first, int count, double[] to)
    {
        var numbers = new double[checked((int)chunk.Aggregate(1L, (product, extent) => checked(product * extent)))];
        var origin = new long[shape.Length];
        var tap = new Tap((index, bytes) =>
        {
            if (bytes.Length < numbers.Length * element.Size) throw new EndOfStreamException("a chunk is too short");
            Locate(index, origin);
            _bigEndian ??= FindOrder(bytes, origin);
            element.Decode(bytes, _bigEndian ?? false, numbers);
            Spread(numbers, origin, first, count, to);
        });
        // One number of each chunk: a chunk is looked up and unpacked for it.
        dataset.Read<byte[]>(new H5DatasetAccess(ChunkCache: tap), Corners(first, count));
    }

    private HyperslabSelection Corners(long first, int count)
    {
        var begin = first / chunk[0];
        var starts = new ulong[shape.Length];
        var counts = new ulong[shape.Length];
        starts[0] = (ulong)(begin * chunk[0]);
        counts[0] = (ulong)((first + count - 1) / chunk[0] - begin + 1);
        for (var axis = 1; axis < shape.Length; axis++) counts[axis] = (ulong)ChunksAlong(axis);
        return new HyperslabSelection(
            shape.Length, starts, Unsigned(chunk), counts, Array.ConvertAll(chunk, _ => 1UL));
    }

    private long ChunksAlong(int axis) => (shape[axis] + chunk[axis] - 1) / chunk[axis];

    // Where a chunk begins; the library counts chunks in the order of their places.
    private void Locate(ulong index, long[] origin)
    {
        var rest = (long)index;
        for (var axis = shape.Length - 1; axis > 0; axis--)
        {
            origin[axis] = rest % ChunksAlong(axis) * chunk[axis];
            rest /= ChunksAlong(axis);
        }

        origin[0] = rest * chunk[0];
    }

    private static ulong[] Unsigned(long[] numbers) => Array.ConvertAll(numbers, number => (ulong)number);

    private static HyperslabSelection ElementAt(long[] place) => new(
        place.Length, Unsigned(place), Array.ConvertAll(place, _ => 1UL));

    // The library tells no order of bytes, but reads a number by it: one whose bytes read differently both ways.
    private bool? FindOrder(ReadOnlySpan<byte> bytes, long[] origin)
    {
        Span<double> both = stackalloc double[2];
        var place = new long[origin.Length];
        for (var i = 0; i < bytes.Length / element.Size; i++)
        {
            var one = bytes.Slice(i * element.Size, element.Size);
            element.Decode(one, false, both[..1]);
            element.Decode(one, true, both[1..]);
            if (both[0].Equals(both[1]) || !Locate(i, origin, place)) continue;
            return element.Read(dataset, ElementAt(place))[0].Equals(both[1]);
        }

        return null;
    }

    // Where the i-th number of a chunk stands in the array; false in the margin of a chunk that reaches over the end.
    private bool Locate(int i, long[] origin, long[] place)
    {
        long rest = i;
        for (var axis = origin.Length - 1; axis >= 0; axis--)
        {
            place[axis] = origin[axis] + rest % chunk[axis];
            rest /= chunk[axis];
            if (place[axis] >= shape[axis]) return false;
        }

        return true;
    }

    private void Spread(double[] numbers, long[] origin, long first, int count, double[] to)
    {
        var last = shape.Length - 1;
        var inner = new long[shape.Length];
        var run = (int)Math.Min(chunk[last], shape[last] - origin[last]);
        if (last == 0)
        {
            var from = Math.Max(first, origin[0]);
            var end = Math.Min(first + count, origin[0] + run);
            numbers.AsSpan((int)(from - origin[0]), (int)(end - from)).CopyTo(to.AsSpan((int)(from - first)));
            return;
        }

        var runs = numbers.Length / (int)chunk[last];
        for (var i = 0; i < runs; i++)
        {
            if (Target(inner, origin, first, count) is >= 0 and var target)
            {
                if (run == 1) to[target] = numbers[i * (int)chunk[last]];
                else numbers.AsSpan(i * (int)chunk[last], run).CopyTo(to.AsSpan(target));
            }

            for (var axis = last - 1; axis >= 0 && ++inner[axis] == chunk[axis]; axis--) inner[axis] = 0;
        }
    }

    // Where a run goes; -1 where it lies outside the array or the rows asked for.
    private int Target(long[] inner, long[] origin, long first, int count)
    {
        var row = origin[0] + inner[0] - first;
        if (row < 0 || row >= count) return -1;
        var target = row;
        for (var axis = 1; axis < shape.Length; axis++)
        {
            var index = origin[axis] + inner[axis];
            if (index >= shape[axis]) return -1;
            target = target * shape[axis] + index;
        }

        return (int)target;
    }

    private delegate void Taker(ulong index, ReadOnlySpan<byte> bytes);

    private sealed class Tap(Taker take) : IReadingChunkCache
    {
        public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader)
        {
            var bytes = chunkReader();
            take(chunkIndex, bytes.Span);
            return bytes;
        }
    }
}
