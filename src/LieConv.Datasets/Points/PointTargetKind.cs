namespace LieConv.Datasets.Points;

/// <summary>What a target is.</summary>
public enum PointTargetKind
{
    /// <summary>One of several classes.</summary>
    Class,

    /// <summary>A number.</summary>
    Number,
}
