namespace LieConv.Datasets.Points.Superpixels;

/// <summary>Makes the connected parts of segments segments of their own, and joins neighbours until there are few
/// enough. Serves one thread.</summary>
/// <param name="width">Width of the pictures in pixels.</param>
/// <param name="height">Their height.</param>
/// <param name="compactness">Difference of intensity that counts as much as a step.</param>
/// <param name="step">The step in pixels.</param>
internal sealed class SegmentJoiner(int width, int height, double compactness, double step)
{
    private const double White = 255;
    private readonly int[] _parts = new int[width * height];
    private readonly int[] _stack = new int[width * height];
    private readonly List<Sums> _sums = [];
    private readonly List<(int A, int B, double Cost)> _pairs = [];
    private readonly HashSet<(int A, int B)> _known = [];

    /// <summary>Joins; relabels the pixels.</summary>
    /// <param name="pixels">Grey values, row by row.</param>
    /// <param name="labels">Segments that need not be connected; takes the final ones.</param>
    /// <param name="most">Most segments.</param>
    public Segment[] Join(ReadOnlySpan<byte> pixels, Span<int> labels, int most)
    {
        FindParts(pixels, labels);
        FindPairs();
        var count = _sums.Count;
        var owner = Enumerable.Range(0, count).ToArray();
        for (var left = count; left > most; left--) JoinCheapest(owner);
        return Number(labels, owner);
    }

    private void FindParts(ReadOnlySpan<byte> pixels, ReadOnlySpan<int> labels)
    {
        Array.Fill(_parts, -1);
        _sums.Clear();
        for (var start = 0; start < labels.Length; start++)
        {
            if (_parts[start] >= 0) continue;
            var sums = default(Sums);
            var waiting = 0;
            Visit(start, _sums.Count, ref waiting);
            while (waiting > 0)
            {
                var at = _stack[--waiting];
                var (x, y) = (at % width, at / width);
                sums = sums.With(new Sums(1, pixels[at], x, y));
                var label = labels[start];
                if (x > 0 && labels[at - 1] == label) Visit(at - 1, _sums.Count, ref waiting);
                if (x + 1 < width && labels[at + 1] == label) Visit(at + 1, _sums.Count, ref waiting);
                if (y > 0 && labels[at - width] == label) Visit(at - width, _sums.Count, ref waiting);
                if (y + 1 < height && labels[at + width] == label) Visit(at + width, _sums.Count, ref waiting);
            }

            _sums.Add(sums);
        }
    }

    private void Visit(int at, int part, ref int waiting)
    {
        if (_parts[at] >= 0) return;
        _parts[at] = part;
        _stack[waiting++] = at;
    }

    private void FindPairs()
    {
        _pairs.Clear();
        _known.Clear();
        for (var at = 0; at < _parts.Length; at++)
        {
            if (at % width + 1 < width) AddPair(_parts[at], _parts[at + 1]);
            if (at + width < _parts.Length) AddPair(_parts[at], _parts[at + width]);
        }
    }

    private void AddPair(int a, int b)
    {
        if (a == b) return;
        if (a > b) (a, b) = (b, a);
        if (_known.Add((a, b))) _pairs.Add((a, b, Cost(_sums[a], _sums[b])));
    }

    private void JoinCheapest(int[] owner)
    {
        var best = 0;
        for (var i = 1; i < _pairs.Count; i++)
            if (_pairs[i].Cost < _pairs[best].Cost) best = i;
        var (kept, gone, _) = _pairs[best];
        _sums[kept] = _sums[kept].With(_sums[gone]);
        for (var part = 0; part < owner.Length; part++)
            if (owner[part] == gone) owner[part] = kept;
        var places = 0;
        for (var i = 0; i < _pairs.Count; i++)
        {
            // Pairs that have become the same cost the same: the first is found, the others do no harm.
            var pair = _pairs[i];
            if (pair.A == gone || pair.A == kept || pair.B == gone || pair.B == kept)
            {
                var (a, b) = (pair.A == gone ? kept : pair.A, pair.B == gone ? kept : pair.B);
                if (a == b) continue;
                pair = (a, b, Cost(_sums[a], _sums[b]));
            }

            _pairs[places++] = pair;
        }

        _pairs.RemoveRange(places, _pairs.Count - places);
    }

    // What the sum of squared distances to the means grows by when two segments become one.
    private double Cost(in Sums a, in Sums b)
    {
        var grey = (a.Grey / a.Size - b.Grey / b.Size) / (White * compactness);
        var (x, y) = ((a.X / a.Size - b.X / b.Size) / step, (a.Y / a.Size - b.Y / b.Size) / step);
        return a.Size * b.Size / (a.Size + b.Size) * (grey * grey + x * x + y * y);
    }

    private Segment[] Number(Span<int> labels, int[] owner)
    {
        var numbers = new int[owner.Length];
        var segments = new List<Segment>();
        for (var at = 0; at < labels.Length; at++)
        {
            var part = owner[_parts[at]];
            if (numbers[part] == 0)
            {
                segments.Add(_sums[part].ToSegment());
                numbers[part] = segments.Count;
            }

            labels[at] = numbers[part] - 1;
        }

        return [.. segments];
    }

    // Sums of whole numbers, exact as doubles.
    private readonly record struct Sums(double Size, double Grey, double X, double Y)
    {
        public Sums With(Sums other) => new(Size + other.Size, Grey + other.Grey, X + other.X, Y + other.Y);

        public Segment ToSegment() => new((int)Size, Grey / Size / White, X / Size, Y / Size);
    }
}
