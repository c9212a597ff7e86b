using LieConv.Datasets.Downloads;

namespace LieConv.Datasets.Dynamics;

/// <summary>The trajectories that trainings have made and kept.</summary>
public static class TrajectorySource
{
    /// <summary>The data set.</summary>
    public static DataSource Source { get; } = MadeFiles.Create(
        "dynamics", "trajectories", TrajectoryCache.Folder, "*.safetensors",
        "nothing to do: a training makes the trajectories that it needs", TrajectoryCache.Verify);
}
