using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Tests.Layers;

/// <summary>The LieTransformer by loops over numbers: what tensor code is compared with. Parameters are read from a
/// state dict by name; nothing else of the library is used.</summary>
internal sealed class PlainAttention(IReadOnlyDictionary<string, Tensor> state, bool softmax, bool mean = true)
{
    /// <summary>Self-attention of one set.</summary>
    /// <param name="name">Name of the layer in the state dict.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="f">Values of the points.</param>
    /// <param name="queries">Which points ask.</param>
    /// <param name="neighbours">Neighbours of each query.</param>
    /// <param name="relative">Relative coordinates of a query and a point.</param>
    public double[][] Attend(
        string name, int heads, double[][] f, int[] queries, int[][] neighbours, Func<int, int, double[]> relative)
    {
        double[][] Map(string layer) => [.. f.Select(x => Linear(Join(name, layer), x))];
        var (q, k, v) = (Map("query"), Map("key"), Map("value"));
        var d = q[0].Length / heads;
        return [.. queries.Select((point, i) =>
        {
            var average = new double[heads * d];
            for (var head = 0; head < heads; head++)
            {
                double[] scores = [.. neighbours[i].Select(other =>
                {
                    var score = Location(name, head, heads, relative(point, other));
                    for (var j = head * d; j < (head + 1) * d; j++) score += q[point][j] * k[other][j] / Math.Sqrt(d);
                    return score;
                })];
                var total = softmax ? scores.Sum(Math.Exp) : mean ? Math.Max(1, scores.Length) : 1;
                for (var n = 0; n < scores.Length; n++)
                    for (var j = head * d; j < (head + 1) * d; j++)
                        average[j] += (softmax ? Math.Exp(scores[n]) : scores[n]) / total * v[neighbours[i][n]][j];
            }
            return Linear(Join(name, "output"), average);
        })];
    }

    /// <summary>A block of one set whose points all remain.</summary>
    public double[][] Block(
        string name, int heads, double[][] f, int[][] neighbours, Func<int, int, double[]> relative)
    {
        double[][] normal = [.. f.Select(x => Normal($"{name}.attention_norm", x))];
        int[] all = [.. Enumerable.Range(0, f.Length)];
        var attended = Attend($"{name}.attention", heads, normal, all, neighbours, relative);
        return [.. f.Select((x, i) =>
        {
            var y = Sum(x, attended[i]);
            var hidden = Linear($"{name}.hidden", Normal($"{name}.point_norm", y)).Select(Swish).ToArray();
            return Sum(y, Linear($"{name}.output", hidden));
        })];
    }

    /// <summary>A linear layer.</summary>
    public double[] Linear(string name, double[] x)
    {
        var (weight, bias) = (Numbers($"{name}.weight"), Numbers($"{name}.bias"));
        return [.. bias.Select((b, row) => b + x.Select((value, column) => value * weight[row * x.Length + column]).Sum())];
    }

    public static double Swish(double x) => x / (1 + Math.Exp(-x));

    /// <summary>What a head's own network says of a place.</summary>
    private double Location(string name, int head, int heads, double[] place)
    {
        var first = Linear(Join(name, "location.first"), place).Select(Swish).ToArray();
        var units = first.Length / heads;
        var (weight, bias) = (Numbers(Join(name, "location.second.weight")), Numbers(Join(name, "location.second.bias")));
        var last = Numbers(Join(name, "location.third.weight"));
        var score = Numbers(Join(name, "location.third.bias"))[head];
        for (var unit = 0; unit < units; unit++)
        {
            var row = head * units + unit;
            var sum = bias[row];
            for (var j = 0; j < units; j++) sum += weight[row * units + j] * first[head * units + j];
            score += last[row] * Swish(sum);
        }
        return score;
    }

    private double[] Normal(string name, double[] x)
    {
        var (weight, bias, average) = (Numbers($"{name}.weight"), Numbers($"{name}.bias"), x.Average());
        var deviation = Math.Sqrt(x.Average(value => (value - average) * (value - average)) + 1e-5);
        return [.. x.Select((value, c) => (value - average) / deviation * weight[c] + bias[c])];
    }

    private double[] Numbers(string name) => state[name].to_type(ScalarType.Float64).flatten().data<double>().ToArray();

    private static string Join(string name, string part) => name.Length == 0 ? part : $"{name}.{part}";

    private static double[] Sum(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];
}
