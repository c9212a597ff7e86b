using static TorchSharp.torch;

namespace LieConv.Benchmarks.Profiling;

/// <summary>Times all parts of a training step alone.</summary>
/// <remarks>Where slopes are trained every part is differentiated by all that it reads; the first block of a network
/// needs less, since its values do not depend on the points: there the parts add up to more than the whole.</remarks>
internal static class NetworkProfile
{
    /// <summary>Times the parts.</summary>
    public static ProfileTimes Run(ProfileSubject subject, int steps)
    {
        using var scope = NewDisposeScope();
        var (timer, times, network) = (new ProfileTimer(steps, subject.Twice), new ProfileTimes(), subject.Network);
        if (subject.Augment is { } augment) times.Add(ProfileKind.Augmentation, 1, timer.Plain(augment));
        var geometries = new GeometryProfile(subject, timer, times).Run();
        var items = subject.Points.Values.shape[0] / subject.Points.Coordinates.shape[0];
        var blocks = new BlockProfile(network, items, subject.Evaluations, timer, times, subject.Twice);
        for (var i = 0; i < geometries.Count; i++) blocks.Run(i, geometries[i]);
        var (first, last, options) = (geometries[0], geometries[^1], network.Options);
        var (before, after) = (blocks.Rows(first, first.Count), blocks.Rows(last, last.Remaining));
        blocks.Linear(before, options.Inputs, options.ChannelsAt(0));
        blocks.Activation(after, options.ChannelsAt(options.Layers));
        blocks.Linear(after, options.ChannelsAt(options.Layers), options.Outputs);
        Pool(last, items, options.Outputs, subject.Evaluations, timer, times);
        subject.Step();
        times.Add(ProfileKind.Optimizer, 1, timer.Plain(subject.Optimize));
        return times;
    }

    private static void Pool(
        BlockGeometry last, long items, int outputs, int evaluations, ProfileTimer timer, ProfileTimes times)
    {
        var values = randn(last.Sets, last.Remaining, items, outputs).requires_grad_();
        times.Add(ProfileKind.Pooling, evaluations, timer.Trained(() => values.mean([1L]).square().mean(), values));
    }
}
