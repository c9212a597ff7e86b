using LieConv.Layers;
using LieConv.Models;

namespace LieConv.Training.Description;

/// <summary>Networks that differ in what their blocks do: the usual one of a task, which convolves, and the
/// LieTransformer, which attends.</summary>
public static class NetworkBlocks
{
    private const string KindKey = "model.block.kind";

    /// <summary>Steps of a convolution's size throw an attention, which has no batch norm, off its way.</summary>
    private const double LearningRate = 1e-3;

    /// <summary>The network of a task that has these two, as a setting: it is remembered as the kind of the
    /// blocks.</summary>
    /// <param name="usual">Name of the usual network.</param>
    public static Setting Network(string usual)
    {
        string[] names = [usual, LieTransformer.ShortName];
        return Setting.Text(
            UsualSettings.NetworkOption, KindKey,
            $"{usual}, whose blocks convolve, or {LieTransformer.ShortName}, whose blocks attend.", "NAME") with
        {
            Check = value => names.Contains((string)value, StringComparer.OrdinalIgnoreCase)
                ? null
                : string.Join(" or ", names),
            Sets = value => string.Equals((string)value, usual, StringComparison.OrdinalIgnoreCase)
                ? [new(KindKey, $"{BlockKind.Convolution}")]
                :
                [
                    new(KindKey, $"{BlockKind.Attention}"), new("model.block.batchNorm", false),
                    new("train.learningRate", LearningRate),
                ],
        };
    }

    /// <summary>The choices of such a task.</summary>
    /// <param name="usual">Name of the usual network.</param>
    /// <param name="group">The group that is meant where none is named.</param>
    public static IReadOnlyList<NetworkChoice> Choices(string usual, string group) =>
        [new(usual, group), new(LieTransformer.ShortName, group)];

    /// <summary>The name of a network that is not the usual one; null for that.</summary>
    /// <param name="block">Its blocks.</param>
    public static string? UnusualName(BlockOptions block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return block.Kind == BlockKind.Attention ? LieTransformer.ShortName : null;
    }

    /// <summary>A network in the words of a log: its group, after its name where that is not the usual one.</summary>
    /// <param name="block">Its blocks.</param>
    /// <param name="group">Its group.</param>
    public static string Describe(BlockOptions block, string group) =>
        UnusualName(block) is { } name ? $"{name}-{group}" : group;

    /// <summary>What is wrong with blocks under a network's name; null where nothing is.</summary>
    /// <param name="network">The name.</param>
    /// <param name="block">The blocks.</param>
    public static string? Complaint(string network, BlockOptions block)
    {
        ArgumentNullException.ThrowIfNull(block);
        return string.Equals(network, LieTransformer.ShortName, StringComparison.OrdinalIgnoreCase)
            && block.Kind != BlockKind.Attention
            ? $"network is {network}, but {KindKey} is {block.Kind}; expected {BlockKind.Attention}."
            : null;
    }
}
