using LieConv.Neighbours;

namespace LieConv.Layers;

/// <summary>The choices of self-attention on a group; what else a block needs is in <see
/// cref="BlockOptions"/>.</summary>
public sealed record AttentionOptions
{
    private const int MostHeads = 1024;
    private const int MostChannels = 4096;
    private const int MostWidening = 64;

    /// <summary>Heads, each of which has weights of its own for the neighbours and averages a part of the
    /// channels.</summary>
    /// <value>8</value>
    public int Heads { get; init; } = 8;

    /// <summary>How scores become weights; null for what suits the network: <see cref="AttentionNormalization.Mean"/>
    /// in dynamics, <see cref="AttentionNormalization.Softmax"/> elsewhere.</summary>
    /// <value>null</value>
    public AttentionNormalization? Normalization { get; init; }

    /// <summary>Units of the two hidden layers of each head's network of relative coordinates.</summary>
    /// <value>16</value>
    public int LocationChannels { get; init; } = 16;

    /// <summary>Hidden units of the network of single points, in units of the block's channels.</summary>
    /// <value>1</value>
    public int Widening { get; init; } = 1;

    /// <summary>All that is wrong with the options, one sentence each; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(nameof(Heads), Heads, MostHeads);
        Check(nameof(LocationChannels), LocationChannels, MostChannels);
        Check(nameof(Widening), Widening, MostWidening);
        if (Normalization is { } kind && !Enum.IsDefined(kind))
            errors.Add($"Normalization is {kind}; expected Softmax, Mean or null.");
        return errors;

        void Check(string name, int value, int most)
        {
            if (value < 1 || value > most) errors.Add($"{name} is {value}; expected 1 to {most}.");
        }
    }
}
