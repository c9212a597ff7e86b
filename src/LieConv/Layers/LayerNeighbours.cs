using LieConv.Groups;
using LieConv.Neighbours;
using LieConv.Neighbours.Search;
using static TorchSharp.torch;

namespace LieConv.Layers;

/// <summary>Where a layer's neighbours come from: a finder of one's own, or what its options say.</summary>
internal sealed class LayerNeighbours
{
    private readonly LieGroup _group;
    private readonly LieConvOptions _options;
    private readonly NeighbourFinder? _own;
    private readonly RadialFunctions? _radial;

    /// <summary>The neighbours of a layer.</summary>
    /// <param name="group">The group.</param>
    /// <param name="options">Kind, count and fill.</param>
    /// <param name="finder">A finder in place of these; null for none.</param>
    /// <param name="layer">What messages call the layer.</param>
    /// <exception cref="ArgumentException">If the finder is of another group, or the options read distances that the
    /// group does not keep.</exception>
    public LayerNeighbours(LieGroup group, LieConvOptions options, NeighbourFinder? finder, string layer)
    {
        if (finder is not null && finder.Group.Name != group.Name)
            throw new ArgumentException(
                $"The finder is of {finder.Group.Name}; expected {group.Name}, as the {layer}.", nameof(finder));
        _radial = options.Block.Radial(group);
        (_group, _options, _own) = (group, options, finder?.Reading(options.ReversedPairs, _radial));
    }

    /// <summary>Numbers that a layer reads of a pair: relative coordinates, functions of distances.</summary>
    public int Inputs => _radial?.Inputs ?? _group.RelativeDim;

    /// <summary>Pairs from which neighbours are searched for instead of chosen from a table of all pairs.</summary>
    public long MostPairs { get; set; } = LargeSets.MostPairs;

    /// <summary>Pairs from which, where nothing is differentiated, some queries are worked on at a time: memory then
    /// grows with the number of points alone.</summary>
    public long MostKernels { get; set; } = LargeSets.MostKernels;

    /// <summary>What finds the neighbours.</summary>
    /// <param name="radius">The radius of a ball, 0-d.</param>
    /// <param name="training">Whether it follows the ball's fill.</param>
    public NeighbourFinder Finder(Tensor radius, bool training) =>
        _own ?? ((_options.Block.Neighborhood ?? NeighborhoodKind.Ball) switch
        {
            NeighborhoodKind.Everything => new AllFinder(_group)
            {
                MostKernels = training ? long.MaxValue : MostKernels,
            },
            NeighborhoodKind.Nearest => new NearestFinder(_group, _options.Block.SampleCount) { MostPairs = MostPairs },
            _ => (NeighbourFinder)new BallFinder(
                _group, _options.Block.SampleCount, new BallRadius(radius, _options.FillFraction, Follows: training))
            {
                MostPairs = MostPairs,
            },
        }).Reading(_options.ReversedPairs, _radial);

    /// <summary>Applies a layer to all queries at once, or where they have too many pairs and nothing is differentiated
    /// to some at a time.</summary>
    /// <param name="neighborhood">The neighbours of the m queries.</param>
    /// <param name="training">Whether the layer is trained.</param>
    /// <param name="weight">How many times the memory of a pair of a convolution one pair takes.</param>
    /// <param name="layer">Is given the first query, how many, and their neighbours; gives shape (g, some,
    /// ...).</param>
    /// <returns>Shape (g, m, ...).</returns>
    public Tensor Apply(
        Neighborhood neighborhood, bool training, long weight, Func<long, long, Neighborhood, Tensor> layer)
    {
        var pairs = neighborhood.PairsOfQuery * weight;
        var takesParts = neighborhood.HasParts && neighborhood.Queries * pairs > MostKernels
            && !training && !is_grad_enabled();
        return takesParts
            ? LargeSets.InBlocks(
                neighborhood.Queries, pairs, (first, some) => layer(first, some, neighborhood.Part(first, some)))
            : layer(0, neighborhood.Queries, neighborhood);
    }
}
