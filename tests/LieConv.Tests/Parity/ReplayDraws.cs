using LieConv.Neighbours;
using LieConv.Randomness;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>Replays the random draws of a recorded run, each kind in the order in which the original drew it.</summary>
/// <remarks>
/// Uniform draws of fewer than three dimensions are the original's parameter initialisation and are skipped. SE(2) lifts
/// record a number in [0, 1) for the angle of a point; SO(3) and SE(3) lifts record quaternions.
/// </remarks>
public sealed class ReplayDraws : Draws, IPrescribedPicks
{
    private readonly Queue<Tensor> _lifts = [];
    private readonly Queue<Tensor> _ranks = [];
    private readonly Queue<Tensor> _starts = [];
    private readonly Queue<Tensor> _picks = [];
    private readonly string _case;

    /// <summary>Collects the draws of a case.</summary>
    /// <param name="run">The case.</param>
    public ReplayDraws(CaseRun run)
    {
        _case = run.Golden.Name;
        foreach (var name in run.Names("in.lift_draw").Order(StringComparer.Ordinal)) _lifts.Enqueue(run.Reference(name));
        foreach (var name in run.Names("rnd.").Order(StringComparer.Ordinal))
        {
            var draw = run.Reference(name);
            if (name.Contains("_lift_", StringComparison.Ordinal)) _lifts.Enqueue(draw);
            else if (name.EndsWith("_fps_randint", StringComparison.Ordinal)) _starts.Enqueue(run.Array(name));
            else if (name.EndsWith("_ball_uniform", StringComparison.Ordinal) && draw.dim() >= 3) _ranks.Enqueue(draw);
        }
    }

    /// <summary>Keeps the second of each pair of starts: a block that redraws for its residual draws that one first.</summary>
    public void KeepConvolutionStarts()
    {
        for (var left = _starts.Count / 2; left > 0; left--)
        {
            _starts.Dequeue();
            _starts.Enqueue(_starts.Dequeue());
        }
    }

    /// <summary>Prescribes the subsamples, where ties of equal distances decide them.</summary>
    public void Prescribe(IEnumerable<Tensor> picks)
    {
        foreach (var indices in picks) _picks.Enqueue(indices);
    }

    /// <summary>Gives the recorded lifts once more, for a second pass over the same geometry.</summary>
    public void RepeatLifts(CaseRun run)
    {
        foreach (var name in run.Names("rnd.").Where(name => name.Contains("_lift_", StringComparison.Ordinal)))
            _lifts.Enqueue(run.Reference(name));
    }

    /// <summary>Takes the next draw from the lifts' as it is stored: augmentations record theirs among them.</summary>
    public Tensor TakeLift() => Next(_lifts, "lift");

    /// <inheritdoc/>
    Tensor? IPrescribedPicks.Next(int count) => _picks.TryDequeue(out var indices) ? indices : null;

    /// <inheritdoc/>
    public override Tensor Angles(long[] shape, ScalarType dtype, Device device)
    {
        var draw = Next(_lifts, "lift");
        var angles = draw.shape[^1] == 4 ? HalfAngleOf(draw) * 2 : draw * (2 * Math.PI);
        return angles.reshape(shape).to(dtype, device);
    }

    /// <inheritdoc/>
    public override Tensor Quaternions(long[] shape, ScalarType dtype, Device device)
    {
        var draw = Next(_lifts, "lift");
        return (draw / draw.norm(-1, keepdim: true)).reshape([.. shape, 4]).to(dtype, device);
    }

    /// <inheritdoc/>
    public override Tensor Ranks(long[] shape, Device device) =>
        Next(_ranks, "ball").reshape(shape).to_type(ScalarType.Float32).to(device);

    /// <inheritdoc/>
    public override long[] Starts(ReadOnlySpan<long> validCounts)
    {
        var draw = Next(_starts, "start").data<long>();
        var starts = new long[validCounts.Length];
        for (var i = 0; i < starts.Length; i++) starts[i] = draw[i] % validCounts[i];
        return starts;
    }

    private static Tensor HalfAngleOf(Tensor quaternion) =>
        atan2(quaternion[TensorIndex.Ellipsis, TensorIndex.Slice(1)].norm(-1), quaternion[TensorIndex.Ellipsis, 0]);

    private Tensor Next(Queue<Tensor> queue, string kind) => queue.TryDequeue(out var draw)
        ? draw
        : throw new InvalidDataException($"{_case} has no further {kind} draw: the run draws more often than the original.");
}
