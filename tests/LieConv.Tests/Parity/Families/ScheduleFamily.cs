using LieConv.Training.Learning;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity.Families;

/// <summary>
/// The learning rate's cosine. The original's rates follow from ours by its floor, its warm-up (TrainOptions.WarmUp
/// begins a step earlier, so that no step has the rate 0) and its lag of one step.
/// </summary>
public sealed class ScheduleFamily : CaseFamily
{
    /// <summary>Share of the epochs in which the rate of molecules rises.</summary>
    private const double WarmUp = 0.01;

    /// <inheritdoc/>
    public override bool Claims(string name) => Named(name, "E_lr_schedule");

    /// <inheritdoc/>
    public override void Run(CaseRun run)
    {
        var (epochs, perEpoch) = (run.Config.Whole("num_epochs"), run.Config.Whole("steps_per_epoch"));
        var at = run.Reference("in.epochs");
        var ours = tensor(at.data<double>().Select(epoch =>
            CosineSchedule.RateAt(1, (long)Math.Round(epoch * perEpoch), (long)epochs * perEpoch)).ToArray());
        run.CheckValue("the rate without a floor", ours, (at * (Math.PI / 2 / epochs)).cos().square());

        // After the last epoch the original starts again at the full rate, where no training goes.
        var during = at < epochs;
        var floored = ours.clamp(min: run.Config.Number("floor"));
        var warmed = floored * (at / (WarmUp * epochs)).clamp(max: 1);
        var lagged = cat([warmed[..1], warmed[..^1]]);
        Compare("out.cosLr", floored);
        Compare("out.warmup_times_cosLr", warmed);
        Compare("out.lr_factor_used_at_step", lagged);

        void Compare(string name, Tensor derived) =>
            run.CheckDerived(name, derived[during], run.Reference(name)[during]);
    }
}
