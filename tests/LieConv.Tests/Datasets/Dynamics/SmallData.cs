using LieConv.Datasets.Dynamics;

namespace LieConv.Tests.Datasets.Dynamics;

/// <summary>Options of data that are made in no time.</summary>
internal static class SmallData
{
    public static DynamicsDataOptions In(TemporaryFolder folder) => new()
    {
        TrainCount = 12, ValidationCount = 3, TestCount = 4, Points = 23, RolloutCount = 2, DataRoot = folder.Path,
    };

    /// <summary>The numbers of a set's states.</summary>
    public static double[] Numbers(this TrajectorySet set)
    {
        using var states = set.States.contiguous();
        return states.data<double>().ToArray();
    }
}
