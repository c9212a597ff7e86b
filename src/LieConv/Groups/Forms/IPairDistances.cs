
namespace LieConv.Groups;

/// <summary>Marks groups whose distance of one pair is a closed form on doubles, so that a search looks at pairs one by
/// one.</summary>
/// <remarks>The distance is the same as <see cref="LieGroup.Distance"/> of <see cref="LieGroup.Relative"/> and as
/// <see cref="LieGroup.PairDistances"/>.</remarks>
internal interface IPairDistances
{
    /// <summary>Coordinates whose boxes bound the distance; null where those of positions do as well.</summary>
    SearchSpace? Space { get; }

    /// <summary>Runs a search with the distance of a pair, whose inner loop is compiled for it.</summary>
    void Run(IPairSearch search);
}
