using LieConv.Groups;
using LieConv.Layers;
using LieConv.Neighbours;
using LieConv.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Layers;

/// <summary>Self-attention on a group: values against loops and by hand, masks, derivatives, memory.</summary>
[Collection("Serial")]
public sealed class LieSelfAttentionTests
{
    private const int Channels = 5;

    public static TheoryData<AttentionNormalization, bool, ScalarType> Cases => new()
    {
        { AttentionNormalization.Softmax, true, ScalarType.Float64 }, { AttentionNormalization.Mean, true, ScalarType.Float64 },
        { AttentionNormalization.Mean, false, ScalarType.Float64 }, { AttentionNormalization.Softmax, true, ScalarType.Float32 },
        { AttentionNormalization.Mean, true, ScalarType.Float32 },
    };

    /// <summary>Two sets of six points, two items each, four queries with up to three neighbours, one of them with none.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_ChosenNeighbours_IsTheSumByLoops(AttentionNormalization kind, bool mean, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var layer = Layer(kind, mean, dtype);
        var (values, relative) = (Numbers(dtype, 2, 6, 2, Channels), Numbers(dtype, 2, 4, 3, 2));
        int[] picks = [1, 3, 0, 5];
        var indices = tensor(new long[] { 0, 1, 2, 3, 5, 4, 2, 2, 0, 1, 1, 1 }).view(1, 4, 3).expand(2, -1, -1).contiguous();
        var mask = ones([2, 4, 3], dtype: ScalarType.Bool);
        mask[0, 1, 2] = tensor(false);
        mask[1, 3] = tensor(false);
        var queries = values.index_select(1, tensor(picks.Select(i => (long)i).ToArray()));
        var attended = layer.call(queries, values, new ChosenNeighborhood(indices, mask, relative));
        var plain = new PlainAttention(layer.state_dict(), kind == AttentionNormalization.Softmax, mean);
        for (var set = 0; set < 2; set++)
            for (var item = 0; item < 2; item++)
            {
                var (own, places) = (Rows(values[set, .., item]), relative[set].to_type(ScalarType.Float64));
                var (chosen, counted) = (indices[set], mask[set]);
                // A pair is named by its slot, so that a neighbour that stands twice has two places.
                int[][] slots = [.. Enumerable.Range(0, 4).Select(q =>
                    Enumerable.Range(0, 3).Where(s => counted[q, s].item<bool>()).ToArray())];
                for (var q = 0; q < 4; q++)
                {
                    double[][] seen = [.. own, .. slots[q].Select(s => own[chosen[q, s].item<long>()])];
                    int[] others = [.. slots[q].Select((_, i) => 6 + i)];
                    var expected = plain.Attend(
                        "", 2, seen, [picks[q]], [others],
                        (_, other) => places[q, slots[q][other - 6]].data<double>().ToArray())[0];
                    AssertSame(expected, attended[set, q, item], dtype);
                }
            }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Forward_AllPoints_IsTheSumByLoops(AttentionNormalization kind, bool mean, ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        using var layer = Layer(kind, mean, dtype);
        var (values, relative) = (Numbers(dtype, 2, 6, 2, Channels), Numbers(dtype, 2, 6, 6, 2));
        var mask = ones([2, 6, 6], dtype: ScalarType.Bool);
        mask[1, .., 4] = tensor(false);
        var attended = layer.call(values, values, new AllNeighborhood(mask, relative));
        var plain = new PlainAttention(layer.state_dict(), kind == AttentionNormalization.Softmax, mean);
        for (var set = 0; set < 2; set++)
            for (var item = 0; item < 2; item++)
            {
                var places = relative[set].to_type(ScalarType.Float64);
                int[] others = set == 1 ? [0, 1, 2, 3, 5] : [0, 1, 2, 3, 4, 5];
                var expected = plain.Attend(
                    "", 2, Rows(values[set, .., item]), [.. Enumerable.Range(0, 6)], [.. Enumerable.Repeat(others, 6)],
                    (u, v) => places[u, v].data<double>().ToArray());
                for (var q = 0; q < 6; q++) AssertSame(expected[q], attended[set, q, item], dtype);
            }
    }

    /// <summary>f = (1, 1 + ln 3), weights 1, no places: the scores of the first point are 1 and 1 + ln 3, hence 1/4 and
    /// 3/4 of the exponentials, and means of products.</summary>
    [Theory]
    [InlineData(AttentionNormalization.Softmax), InlineData(AttentionNormalization.Mean)]
    public void Forward_TwoPoints_IsTheNumberByHand(AttentionNormalization kind)
    {
        using var scope = NewDisposeScope();
        using var layer = new LieSelfAttention(new Translation(2), 1, 1, Options(kind, heads: 1));
        layer.to(ScalarType.Float64);
        using (no_grad())
            foreach (var (name, parameter) in layer.named_parameters())
                parameter.fill_(name is "query.weight" or "key.weight" or "value.weight" or "output.weight" ? 1.0 : 0);
        var logarithm = Math.Log(3);
        var values = tensor([1, 1 + logarithm], [1, 2, 1, 1], dtype: ScalarType.Float64);
        var first = layer.call(values, values, new AllNeighborhood(null, zeros([1, 2, 2, 2], ScalarType.Float64)))[0, 0];
        var expected = kind == AttentionNormalization.Softmax
            ? 0.25 + 0.75 * (1 + logarithm)
            : (1 + (1 + logarithm) * (1 + logarithm)) / 2;
        Assert.Equal(expected, first.item<double>(), 1e-14);
    }

    /// <summary>What does not count has the weight 0, not a small one: nothing that it holds reaches the result.</summary>
    [Theory]
    [InlineData(AttentionNormalization.Softmax), InlineData(AttentionNormalization.Mean)]
    public void Forward_MaskedNeighbours_HaveNoWeight(AttentionNormalization kind)
    {
        using var scope = NewDisposeScope();
        using var layer = Layer(kind, true, ScalarType.Float32);
        var (values, relative) = (Numbers(ScalarType.Float32, 1, 3, 1, Channels), zeros(1, 3, 3, 2));
        var mask = tensor(new[] { true, false, true, true, false, true, false, false, false }).view(1, 3, 3);
        var indices = arange(3, ScalarType.Int64).view(1, 1, 3).expand(1, 3, 3).contiguous();
        Neighborhood[] both = [new AllNeighborhood(mask, relative), new ChosenNeighborhood(indices, mask, relative)];
        foreach (var neighborhood in both)
        {
            var other = values.clone().requires_grad_();
            using (no_grad()) other[0, 1].fill_(1e4f);
            var (usual, changed) = (layer.call(values, values, neighborhood), layer.call(values, other, neighborhood));
            Assert.True(usual.equal(changed).all().item<bool>());
            // The third query has no neighbours at all.
            Assert.True(changed[0, 2, 0].equal(layer.state_dict()["output.bias"]).all().item<bool>());
            changed.square().sum().backward();
            Assert.Equal(0, other.grad![0, 1].abs().max().item<float>());
            Assert.True(other.grad!.isfinite().all().item<bool>());
        }
    }

    /// <summary>First and second derivatives by values, places and weights.</summary>
    [Theory]
    [InlineData(AttentionNormalization.Softmax, true), InlineData(AttentionNormalization.Softmax, false)]
    [InlineData(AttentionNormalization.Mean, true), InlineData(AttentionNormalization.Mean, false)]
    public void Derivatives_FirstAndSecond_AreThoseOfDifferences(AttentionNormalization kind, bool chosen)
    {
        using var scope = NewDisposeScope();
        using var layer = Layer(kind, true, ScalarType.Float64);
        var values = Numbers(ScalarType.Float64, 1, 4, 2, Channels).requires_grad_();
        var relative = (Numbers(ScalarType.Float64, 1, 4, 4, 2) + 0.1).requires_grad_();
        var mask = ones([1, 4, 4], dtype: ScalarType.Bool);
        mask[0, 1, 2] = tensor(false);
        var indices = randint(0, 4, [1, 4, 4], dtype: ScalarType.Int64);
        Tensor Value() => layer.call(values, values, chosen
            ? new ChosenNeighborhood(indices, mask, relative)
            : new AllNeighborhood(mask, relative)).sin().sum();
        List<Tensor> leaves = [values, relative, .. layer.parameters()];
        foreach (var leaf in leaves)
        {
            var direction = randn(leaf.shape, dtype: ScalarType.Float64);
            Tensor Slope(Tensor at) => (Derivative.Compute(Value(), at, createGraph: true) * 0.7).sin().sum();
            var first = (Derivative.Compute(Value(), leaf, createGraph: false) * direction).sum().item<double>();
            var second = (Derivative.Compute(Slope(relative), leaf, createGraph: false) * direction).sum().item<double>();
            Assert.Equal(first, Change(() => Value().item<double>(), leaf, direction), 1e-6 * Math.Max(1, Math.Abs(first)));
            Assert.Equal(
                second, Change(() => Slope(relative).item<double>(), leaf, direction), 1e-6 * Math.Max(1, Math.Abs(second)));
        }
    }

    /// <summary>A table of 300,000 × 300,000 numbers would take 360 GB.</summary>
    [Fact]
    public void Forward_ManyPointsWithFewNeighbours_TakesNoTableOfPairs()
    {
        using var scope = NewDisposeScope();
        const int Points = 300_000;
        using var layer = new LieSelfAttention(new Translation(2), 2, 1, Options(AttentionNormalization.Softmax, heads: 2));
        var values = randn(1, Points, 1, 2).requires_grad_();
        var pairs = new ChosenNeighborhood(
            randint(0, Points, [1, Points, 2], dtype: ScalarType.Int64), null, randn(1, Points, 2, 2));
        var attended = layer.call(values, values, pairs);
        Assert.Equal([1L, Points, 1, 1], attended.shape);
        attended.sum().backward();
        Assert.True(values.grad!.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(NeighborhoodKind.Nearest), InlineData(NeighborhoodKind.Everything)]
    public void Forward_SomeQueriesAtATime_IsTheSame(NeighborhoodKind kind)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        using var layer = Layer(AttentionNormalization.Softmax, true, ScalarType.Float64, kind);
        layer.eval();
        var points = new LiftedElements(randn([2, 40, 2], ScalarType.Float64), null);
        var values = randn([2, 40, 3, Channels], ScalarType.Float64);
        Tensor Call() => layer.call(
            values, values, layer.Finder.Find(points, null, points, null, null, LieConv.Randomness.NoDraws.Instance));
        var whole = Call();
        layer.Neighbours.MostKernels = 1;
        Assert.InRange((Call() - whole).abs().max().item<double>(), 0, 1e-13);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(2, 5, "values has shape (2, 6, 1, 2); expected (g, n, r, c) = (any, any, any, 5).")]
    [InlineData(5, 4, "queries has shape (2, 4, 1, 5); expected (g, m, r, c) = (2, 6, 1, 5).")]
    public void Forward_OtherShapes_IsOneSentence(int channels, int queries, string sentence)
    {
        using var scope = NewDisposeScope();
        using var layer = Layer(AttentionNormalization.Softmax, true, ScalarType.Float32);
        var error = Assert.Throws<ArgumentException>(() => layer.call(
            zeros(2, queries, 1, channels), zeros(2, 6, 1, channels), new AllNeighborhood(null, zeros(2, 6, 6, 2))));
        Assert.StartsWith(sentence, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Options_OutOfRange_AreNamed()
    {
        var options = new AttentionOptions
        {
            Heads = 0, LocationChannels = 0, Widening = 100, Normalization = (AttentionNormalization)7,
        };
        Assert.Equal(
            ["Heads is 0; expected 1 to 1024.", "LocationChannels is 0; expected 1 to 4096.",
                "Widening is 100; expected 1 to 64.", "Normalization is 7; expected Softmax, Mean or null."],
            options.Validate());
        Assert.Contains("Attention is null; expected its settings.", new BlockOptions { Attention = null! }.Validate());
        Assert.Contains("Kind is 9; expected a named kind.", new BlockOptions { Kind = (BlockKind)9 }.Validate());
    }

    private static LieConvOptions Options(
        AttentionNormalization kind, int heads, bool mean = true, NeighborhoodKind neighbours = NeighborhoodKind.Everything) =>
        new()
        {
            Block = new()
            {
                Kind = BlockKind.Attention, Mean = mean, Neighborhood = neighbours, SampleCount = 5,
                Attention = new() { Heads = heads, Normalization = kind, LocationChannels = 3 },
            },
        };

    /// <summary>Five channels and two heads, which do not go into each other.</summary>
    private static LieSelfAttention Layer(
        AttentionNormalization kind, bool mean, ScalarType dtype,
        NeighborhoodKind neighbours = NeighborhoodKind.Everything)
    {
        random.manual_seed(2);
        var layer = new LieSelfAttention(new Translation(2), Channels, 3, Options(kind, 2, mean, neighbours));
        layer.to(dtype);
        return layer;
    }

    private static Tensor Numbers(ScalarType dtype, params long[] shape) =>
        (arange(shape.Aggregate(1L, (a, b) => a * b)) * 0.7).sin().mul(1.5).to_type(dtype).view(shape);

    private static double[][] Rows(Tensor rows) =>
        [.. Enumerable.Range(0, (int)rows.shape[0]).Select(i =>
            rows[i].to_type(ScalarType.Float64).contiguous().data<double>().ToArray())];

    private static void AssertSame(double[] expected, Tensor actual, ScalarType dtype)
    {
        var numbers = actual.to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        Assert.Equal(expected.Length, numbers.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], numbers[i], dtype == ScalarType.Float64 ? 1e-12 : 1e-5);
    }

    private static double Change(Func<double> value, Tensor leaf, Tensor direction)
    {
        const double Step = 1e-5;
        double At(double step)
        {
            using (no_grad()) leaf.add_(direction * step);
            var result = value();
            using (no_grad()) leaf.sub_(direction * step);
            return result;
        }
        return (At(Step) - At(-Step)) / (2 * Step);
    }
}
