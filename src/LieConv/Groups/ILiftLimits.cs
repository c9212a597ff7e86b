namespace LieConv.Groups;

/// <summary>A group that cannot lift points equivariantly in every way that options ask for.</summary>
internal interface ILiftLimits
{
    /// <summary>Why no network over lifts of this kind is equivariant, as a sentence; null where it is.</summary>
    string? Limit(LiftOptions options);
}
