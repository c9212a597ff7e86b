using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Tests.Training.Tasks.Dynamics;

/// <summary>Made-up rollouts: particles on circles, which the prediction follows ever less well.</summary>
internal static class SampleRollout
{
    public static RolloutReport Create(int dimensions = 2, int frames = 101, string network = "HLieConv", int systems = 1)
    {
        double[] times = [.. Enumerable.Range(0, frames).Select(i => 0.1 * i)];
        return new RolloutReport
        {
            System = $"springs in {dimensions}-D",
            Network = network,
            Group = "T2",
            Times = times,
            TrainedUntil = times[^1] / 2,
            ErrorMedian = [.. times.Select(t => 1e-3 * t)],
            ErrorLow = [.. times.Select(t => 4e-4 * t)],
            ErrorHigh = [.. times.Select(t => 3e-3 * t)],
            EnergyDriftPredicted = [.. times.Select(t => 1e-4 * t)],
            EnergyDriftTrue = [.. times.Select(t => 1e-9 * t)],
            LinearMomentumDriftPredicted = [.. times.Select(t => 1e-6 * t)],
            LinearMomentumDriftTrue = [.. times.Select(_ => 0.0)],
            Trajectories = [.. Enumerable.Range(0, systems).Select(i => Trajectory(times, dimensions, particles: 2 + i))],
        };
    }

    public static RolloutTrajectory Trajectory(double[] times, int dimensions, int particles) => new()
    {
        Masses = [.. Enumerable.Range(0, particles).Select(i => 1.0 + i)],
        True = [.. times.Select(t => Positions(t, dimensions, particles))],
        Predicted = [.. times.Select(t => Positions(1.05 * t, dimensions, particles))],
    };

    private static double[][] Positions(double time, int dimensions, int particles) =>
    [
        .. Enumerable.Range(0, particles).Select(i => new[]
        {
            (1 + 0.4 * i) * Math.Cos(time + 2 * i), (1 + 0.4 * i) * Math.Sin(time + 2 * i), 0.5 * Math.Sin(2 * time + i),
        }[..dimensions]),
    ];
}
