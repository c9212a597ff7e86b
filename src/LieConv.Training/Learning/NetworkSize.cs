using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Learning;

/// <summary>How large a network would be: one that no memory holds is refused before it is built.</summary>
/// <param name="Channels">Channels of its blocks.</param>
/// <param name="Layers">Blocks.</param>
/// <param name="BlockChannels">Channels of each block instead; null for the same everywhere.</param>
internal sealed record NetworkSize(int Channels, int Layers, IReadOnlyList<int>? BlockChannels = null)
{
    /// <summary>Squares of channels, summed over the blocks, up to which a network is built without asking.</summary>
    private const double Harmless = 1e7;

    /// <summary>Weights, their gradients and the two moments of Adam.</summary>
    private const int Copies = 4;

    private const int FewLayers = 2;
    private const int MoreLayers = 4;

    private static readonly int[] Widths = [16, 32, 64];

    /// <summary>Refuses a network whose training needs more memory than the machine, or its container, has.</summary>
    /// <param name="create">Makes a network of few channels and blocks, which else is the same: (channels, blocks).</param>
    /// <param name="dtype">Type of the weights.</param>
    /// <param name="memory">Bytes that there are; null to ask the machine.</param>
    /// <exception cref="ArgumentException">It is too large: one sentence with its parameters and the memory.</exception>
    public void Require(Func<int, int, nn.Module> create, ScalarType dtype, long? memory = null)
    {
        if (SquaredChannels() <= Harmless) return;
        var (count, total) = (CountParameters(create), memory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        var needed = count * Copies * dtype.ElementSize();
        if (needed <= total) return;
        throw new ArgumentException(
            $"The network has about {NumberText.Scientific(count)} parameters ({Layers} layers of {Widest} channels), whose " +
            FormattableString.Invariant($"training takes about {needed / 1e9:N0} GB; this machine has {total / 1e9:N0} GB; ") +
            "expected fewer channels or layers.");
    }

    /// <summary>The number of parameters, from small networks of the kind: it is a polynomial of second degree in the
    /// channels, and grows with each layer by as much.</summary>
    public double CountParameters(Func<int, int, nn.Module> create)
    {
        // Small networks take no random numbers from the real one.
        using var state = get_rng_state();
        var few = Widths.Select(width => Count(create, width, FewLayers)).ToArray();
        var more = Widths.Select(width => Count(create, width, MoreLayers)).ToArray();
        set_rng_state(state);
        var channels = Math.Sqrt(SquaredChannels() / Layers);
        var (first, second) = (Interpolate(few, channels), Interpolate(more, channels));
        return first + (second - first) * (Layers - FewLayers) / (MoreLayers - FewLayers);
    }

    private int Widest => BlockChannels is { Count: > 0 } own ? own.Max() : Channels;

    private double SquaredChannels() => BlockChannels is { Count: > 0 } own
        ? own.Average(count => (double)count * count) * Layers
        : (double)Channels * Channels * Layers;

    private static double Count(Func<int, int, nn.Module> create, int channels, int layers)
    {
        using var network = create(channels, layers);
        return network.parameters().Sum(parameter => (double)parameter.numel());
    }

    /// <summary>Lagrange's parabola through the counts of the three widths.</summary>
    private static double Interpolate(double[] counts, double channels)
    {
        var sum = 0.0;
        for (var i = 0; i < Widths.Length; i++)
        {
            var term = counts[i];
            for (var j = 0; j < Widths.Length; j++)
                if (j != i) term *= (channels - Widths[j]) / (Widths[i] - Widths[j]);
            sum += term;
        }

        return sum;
    }
}
