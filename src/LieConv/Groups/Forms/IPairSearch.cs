
namespace LieConv.Groups;

/// <summary>A search that looks at single pairs.</summary>
internal interface IPairSearch
{
    /// <summary>Searches.</summary>
    /// <param name="distance">The distance of a pair.</param>
    void Run<TDistance>(TDistance distance) where TDistance : struct, IPairDistance;
}
