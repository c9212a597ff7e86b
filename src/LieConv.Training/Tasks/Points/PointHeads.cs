using LieConv.Datasets.Points;
using LieConv.Models;
using LieConv.Numerics;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>Which of a network's numbers belong to which target: those of sets and those of points, each in the order of
/// the targets.</summary>
internal sealed class PointHeads
{
    private readonly LearntScales _found;
    private readonly int[] _first;

    public PointHeads(LearntScales found)
    {
        _found = found;
        _first = new int[found.Schema.Targets.Count];
        foreach (var (place, target) in found.Schema.Targets.Index())
        {
            _first[place] = target.OfPoints ? PointOutputs : SetOutputs;
            if (target.OfPoints) PointOutputs += Width(target);
            else SetOutputs += Width(target);
        }
    }

    /// <summary>Numbers for a set.</summary>
    public int SetOutputs { get; private set; }

    /// <summary>Numbers for each point.</summary>
    public int PointOutputs { get; private set; }

    /// <summary>What the network says of a target.</summary>
    /// <param name="answers">All that it says.</param>
    /// <param name="place">Which target.</param>
    /// <returns>Shape (b, K), or (b, n, K).</returns>
    public Tensor Of(PointAnswers answers, int place)
    {
        var target = _found.Schema.Targets[place];
        return (target.OfPoints ? answers.OfPoints : answers.OfSets)!.narrow(-1, _first[place], Width(target));
    }

    /// <summary>The same for people: logarithms of probabilities, or numbers in the target's unit, on the CPU.</summary>
    public Tensor Readable(PointAnswers answers, int place)
    {
        var own = Of(answers, place).to(ScalarType.Float64);
        var scale = _found.Targets[place];
        return (_found.Schema.Targets[place].Kind == PointTargetKind.Class
            ? nn.functional.log_softmax(own, -1)
            : own * Scalars.Of(scale.Scale) + Scalars.Of(scale.Mean)).cpu();
    }

    private static int Width(PointTarget target) =>
        target.Kind == PointTargetKind.Class ? target.Classes.Count : 1;
}
