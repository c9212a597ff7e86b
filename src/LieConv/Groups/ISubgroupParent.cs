namespace LieConv.Groups;

/// <summary>A group that knows how its coordinate subgroups act.</summary>
internal interface ISubgroupParent
{
    /// <summary>How the subgroup of the kept coordinates lifts points.</summary>
    /// <param name="kept">Ascending coordinates, closed under the bracket.</param>
    SubgroupLift SubgroupLift(IReadOnlyList<int> kept);
}
