namespace LieConv.Layers;

/// <summary>How a block brings values of neighbours together.</summary>
public enum BlockKind
{
    /// <summary>A convolution on the group: weights follow from where neighbours are (<see cref="BottleneckBlock"/>).
    /// </summary>
    Convolution,

    /// <summary>Self-attention on the group: weights follow from values, too (<see cref="AttentionBlock"/>).</summary>
    Attention,
}
