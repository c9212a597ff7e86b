using LieConv.Datasets.Points;
using LieConv.Models;
using LieConv.Training.Learning;
using static TorchSharp.torch;

namespace LieConv.Training.Tasks.Points;

/// <summary>The loss of a batch: the sum over the targets of cross-entropy, or of how far numbers are off in standard
/// deviations; of points, the mean over all points of the batch.</summary>
internal sealed class PointLoss : IDisposable
{
    private readonly LearntScales _found;
    private readonly PointHeads _heads;
    private readonly NumberLoss _numbers;
    private readonly Tensor?[] _weights;

    public PointLoss(LearntScales found, PointHeads heads, NumberLoss numbers, ScalarType dtype, Device device)
    {
        (_found, _heads, _numbers) = (found, heads, numbers);
        _weights = [.. found.ClassWeights.Select(weights => weights.Count == 0 || weights.All(weight => weight == 1)
            ? null
            : tensor(weights.ToArray(), dtype: dtype, device: device).DetachFromDisposeScope())];
    }

    /// <summary>The loss, and for one target its figure summed over the sets.</summary>
    /// <param name="answers">What the network says of b sets.</param>
    /// <param name="truth">For each target what is true: (b), or (b, n) where each point has one; classes by their number,
    /// numbers in standard deviations from the mean.</param>
    /// <param name="mask">Which points count, (b, n); null where all do.</param>
    public BatchLoss Compute(PointAnswers answers, IReadOnlyList<Tensor> truth, Tensor? mask)
    {
        Tensor? total = null;
        var sums = new Dictionary<string, double>();
        var targets = _found.Schema.Targets;
        for (var place = 0; place < targets.Count; place++)
        {
            var (said, right) = (_heads.Of(answers, place), truth[place]);                  // (b, K) or (b, n, K)
            var sets = right.shape[0];
            if (targets[place].OfPoints) (said, right) = Counted(said, right, mask);
            var loss = targets[place].Kind == PointTargetKind.Class
                ? nn.functional.cross_entropy(said, right, _weights[place])
                : _numbers == NumberLoss.Squared
                    ? nn.functional.mse_loss(said.squeeze(-1), right)
                    : nn.functional.l1_loss(said.squeeze(-1), right);
            total = total is null ? loss : total + loss;
            if (targets.Count == 1) sums = Figure(targets[place].Kind, said.detach(), right, sets);
        }
        return new BatchLoss(total!, sums);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var weights in _weights) weights?.Dispose();
    }

    private static Dictionary<string, double> Figure(PointTargetKind kind, Tensor said, Tensor right, long sets)
    {
        var mean = kind == PointTargetKind.Class
            ? said.argmax(1).ne(right).to(ScalarType.Float64).mean()
            : (said.squeeze(-1) - right).abs().to(ScalarType.Float64).mean();
        var name = kind == PointTargetKind.Class ? PointObjective.Error : PointObjective.ScaledMae;
        return new Dictionary<string, double> { [name] = sets * mean.item<double>() };
    }

    /// <summary>Points that count as rows.</summary>
    private static (Tensor Said, Tensor Right) Counted(Tensor said, Tensor right, Tensor? mask)
    {
        (said, right) = (said.flatten(0, 1), right.flatten(0, 1));                          // (b·n, K), (b·n)
        if (mask is null) return (said, right);
        var places = mask.flatten().nonzero().squeeze(1);
        return (said.index_select(0, places), right.index_select(0, places));
    }
}
