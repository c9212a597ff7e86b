using LieConv.Layers;
using LieConv.Lifting;
using LieConv.Molecules;
using LieConv.Neighbours;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>
/// How much memory a prediction takes, rounded up: so that what does not fit is refused by name, where the system would
/// end the process without a word.
/// </summary>
/// <param name="config">The network, its precision and whether it has forces.</param>
internal sealed class MoleculeMemory(MoleculeConfig config)
{
    private const long MostPairs = 1 << 22;
    private const long MostPairsWithForces = 1 << 19;

    /// <summary>Numbers of a pair: relative coordinates, their parts, and the kernel in blocks.</summary>
    private const double NumbersOfPair = 24;

    /// <summary>Functions of distances one by one, joined, and masked.</summary>
    private const double CopiesOfRadial = 4;

    /// <summary>Numbers of a pair and layer that a derivative needs: the units of the kernel network before and after
    /// activation, and the kernel laid out for its product.</summary>
    private const double NumbersOfConvolution = 320;

    /// <summary>Copies of the values of all points that exist at once, or in each layer for a derivative.</summary>
    private const double CopiesOfValues = 8;

    /// <summary>Views of a molecule under weighted frames: the four of space.</summary>
    private const int ViewsOfFrames = 4;

    private readonly MolecularNetworkOptions _model = config.Model;
    private readonly bool _isGraph = string.Equals(
        config.Network, MolecularGraphNetwork.ShortName, StringComparison.OrdinalIgnoreCase);

    private int NumberBytes => config.Train.Dtype == ScalarType.Float64 ? 8 : 4;

    private long Lifts => _isGraph ? 1 : _model.Block.LiftSamples;

    private int Views => !_isGraph && _model.Block.Frames == FrameChoice.Weighted ? ViewsOfFrames : 1;

    private bool TakesEverything => _isGraph || _model.ToLieResNet().Block.Neighborhood == NeighborhoodKind.Everything;

    /// <summary>The same of an attention: the units of the heads' networks before and after activation and what is
    /// between, the scores, and of neighbours that are chosen their keys and values.</summary>
    private double NumbersOfPairAndLayer => _model.Block is { Kind: BlockKind.Attention, Attention: var attention }
        ? attention.Heads * (6.0 * attention.LocationChannels + 8) + (TakesEverything ? 0 : 6.0 * _model.Channels)
        : NumbersOfConvolution;

    /// <summary>Pairs that a batch may have: more molecules at once are not faster.</summary>
    public long PairsOfBatch => config.ForceWeight > 0 ? MostPairsWithForces : MostPairs;

    /// <summary>Pairs of points that a molecule of n atoms has.</summary>
    public long Pairs(int atoms)
    {
        var points = atoms * Lifts;
        return Views * points * (TakesEverything ? points : Math.Min(points, _model.Block.SampleCount));
    }

    /// <summary>Bytes that a molecule of n atoms takes by itself.</summary>
    /// <param name="atoms">Its atoms.</param>
    /// <param name="forces">Whether forces are predicted, which need all that is between.</param>
    public double Bytes(int atoms, bool forces)
    {
        var (pairs, layers) = ((double)Pairs(atoms), forces ? _model.Layers : 1);
        var values = CopiesOfValues * _model.Channels * layers;
        if (_isGraph) return NumberBytes * pairs * values;
        // Without forces, kernels of all pairs are nowhere at once, and of all points not even their coordinates.
        var ofPairs = forces ? pairs * NumbersOfPairAndLayer * layers
            : TakesEverything ? 0
            : pairs * (NumbersOfPair + CopiesOfRadial * _model.Block.RadialBasis);
        return NumberBytes * (ofPairs + (double)Views * atoms * Lifts * values);
    }
}
