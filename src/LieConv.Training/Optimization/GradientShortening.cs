using LieConv.Training.Learning;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Training.Optimization;

/// <summary>Shortens gradients to <see cref="TrainOptions.GradientClip"/> and to
/// <see cref="TrainOptions.GradientLimit"/> times the usual length, whichever is less.</summary>
/// <param name="options">The two limits.</param>
/// <param name="parameters">The parameters whose gradients, taken together, have the length.</param>
internal sealed class GradientShortening(TrainOptions options, IReadOnlyList<Parameter> parameters)
{
    /// <summary>Weight of the newest gradient in their usual length.</summary>
    private const double Memory = 0.02;

    /// <summary>Shortens the gradients where needed.</summary>
    /// <param name="usual">The usual length so far; 0 before the first gradient.</param>
    /// <returns>The usual length with this gradient: before the clip, so that the one limit does not depend on the
    /// other; 0 where there is no relative limit.</returns>
    public double Apply(double usual)
    {
        if (options is { GradientLimit: 0, GradientClip: 0 }) return usual;
        var relative = options.GradientLimit > 0 && usual > 0
            ? options.GradientLimit * usual
            : double.PositiveInfinity;
        var absolute = options.GradientClip > 0 ? options.GradientClip : double.PositiveInfinity;
        var length = Math.Min(nn.utils.clip_grad_norm_(parameters, Math.Min(relative, absolute)), relative);
        if (options.GradientLimit == 0) return usual;
        return usual > 0 ? usual + Memory * (length - usual) : length;
    }
}
