using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LieConv.Datasets.Points.Superpixels;

/// <summary>The k-means of SLIC: which centre each pixel belongs to. Serves one thread.</summary>
internal sealed class SlicClusters
{
    private const float White = 255;
    private readonly int _width;
    private readonly int _height;
    private readonly int _stride;
    private readonly int _iterations;
    private readonly float _perPlace;
    private readonly float _perIntensity;
    private readonly int _reach;
    private readonly (float X, float Y)[] _grid;
    private readonly float[] _intensities;
    private readonly float[] _distances;
    private readonly int[] _owners;
    private readonly int[] _before;
    private readonly float[] _x;
    private readonly float[] _y;
    private readonly float[] _grey;
    private readonly long[] _sums;

    public SlicClusters(int width, int height, SlicOptions options)
    {
        (_width, _height, _iterations) = (width, height, options.Iterations);
        var step = Math.Sqrt((double)width * height / options.Segments);
        var columns = Math.Clamp((int)Math.Round(width / step), 1, width);
        var rows = Math.Clamp((int)Math.Round(height / step), 1, height);
        Step = Math.Sqrt((double)width * height / (columns * rows));
        _reach = (int)Math.Ceiling(2 * Step);
        _perPlace = (float)(1 / (Step * Step));
        _perIntensity = (float)(1 / (options.Compactness * options.Compactness));
        _grid = new (float, float)[columns * rows];
        for (var i = 0; i < _grid.Length; i++)
            _grid[i] = ((float)((i % columns + 0.5) * width / columns - 0.5),
                (float)((i / columns + 0.5) * height / rows - 0.5));

        // Rows are padded so that a vector that begins inside a row ends inside its memory.
        _stride = width + Vector256<float>.Count;
        _intensities = new float[_stride * height];
        _distances = new float[_stride * height];
        _owners = new int[_stride * height];
        _before = new int[_stride * height];
        (_x, _y, _grey) = (new float[_grid.Length], new float[_grid.Length], new float[_grid.Length]);
        _sums = new long[4 * _grid.Length];
    }

    /// <summary>Distance of neighbouring centres of the grid in pixels.</summary>
    public double Step { get; }

    /// <summary>Finds the centre of each pixel.</summary>
    /// <param name="pixels">Grey values, row by row.</param>
    /// <param name="labels">Takes the numbers of the centres.</param>
    public void Assign(ReadOnlySpan<byte> pixels, Span<int> labels)
    {
        for (var y = 0; y < _height; y++)
            for (var x = 0; x < _width; x++)
                _intensities[y * _stride + x] = pixels[y * _width + x] / White;
        for (var k = 0; k < _grid.Length; k++) (_x[k], _y[k]) = _grid[k];
        for (var round = 0; round < _iterations; round++)
        {
            _owners.CopyTo(_before, 0);
            // The first round goes by places alone: centres have no intensity yet.
            AssignOnce(round == 0 ? 0 : _perIntensity);
            if (round > 0 && _owners.AsSpan().SequenceEqual(_before)) break;
            MoveCentres(pixels);
        }

        for (var y = 0; y < _height; y++) _owners.AsSpan(y * _stride, _width).CopyTo(labels[(y * _width)..]);
    }

    private void AssignOnce(float perIntensity)
    {
        Array.Fill(_distances, float.MaxValue);
        for (var k = 0; k < _grid.Length; k++)
        {
            var (left, right) = (Math.Max(0, (int)_x[k] - _reach), Math.Min(_width - 1, (int)_x[k] + 1 + _reach));
            var (top, bottom) = (Math.Max(0, (int)_y[k] - _reach), Math.Min(_height - 1, (int)_y[k] + 1 + _reach));
            for (var x = left; x <= right; x += Vector256<float>.Count) Offer(k, x, right, top, bottom, perIntensity);
        }
    }

    // Eight columns at once; multiplied and added apart, which rounds alike on every machine.
    private void Offer(int k, int left, int right, int top, int bottom, float perIntensity)
    {
        ref var intensities = ref MemoryMarshal.GetArrayDataReference(_intensities);
        ref var distances = ref MemoryMarshal.GetArrayDataReference(_distances);
        ref var owners = ref MemoryMarshal.GetArrayDataReference(_owners);
        var columns = Vector256.Create(0f, 1, 2, 3, 4, 5, 6, 7) + Vector256.Create((float)left);
        var inside = Vector256.LessThanOrEqual(columns, Vector256.Create((float)right));
        var across = columns - Vector256.Create(_x[k]);
        across = across * across * _perPlace;
        var centre = Vector256.Create(_grey[k]);
        var number = Vector256.Create(k);
        for (var y = top; y <= bottom; y++)
        {
            var place = (nuint)(y * _stride + left);
            var down = (y - _y[k]) * (y - _y[k]) * _perPlace;
            var grey = Vector256.LoadUnsafe(ref intensities, place) - centre;
            var distance = across + Vector256.Create(down) + grey * grey * perIntensity;
            var old = Vector256.LoadUnsafe(ref distances, place);
            var nearer = Vector256.LessThan(distance, old) & inside;
            Vector256.ConditionalSelect(nearer, distance, old).StoreUnsafe(ref distances, place);
            var owner = Vector256.LoadUnsafe(ref owners, place);
            Vector256.ConditionalSelect(nearer.AsInt32(), number, owner).StoreUnsafe(ref owners, place);
        }
    }

    private void MoveCentres(ReadOnlySpan<byte> pixels)
    {
        Array.Clear(_sums);
        for (var y = 0; y < _height; y++)
            for (var x = 0; x < _width; x++)
            {
                var sums = _sums.AsSpan(4 * _owners[y * _stride + x], 4);
                sums[0]++;
                sums[1] += x;
                sums[2] += y;
                sums[3] += pixels[y * _width + x];
            }

        for (var k = 0; k < _grid.Length; k++)
        {
            var sums = _sums.AsSpan(4 * k, 4);
            // A centre that has lost all its pixels stays where it was.
            if (sums[0] == 0) continue;
            _x[k] = (float)((double)sums[1] / sums[0]);
            _y[k] = (float)((double)sums[2] / sums[0]);
            _grey[k] = (float)((double)sums[3] / sums[0] / White);
        }
    }
}
