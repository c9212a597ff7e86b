using LieConv.Datasets.Points;

namespace LieConv.Training.Tasks.Points;

/// <summary>New sets of any of the formats of points.</summary>
/// <param name="config">The run's configuration.</param>
/// <param name="adapt">Makes each what those that were learnt from are.</param>
internal sealed class FileSets(PointConfig config, Func<FoundPoints, FoundPoints> adapt) : INewSets
{
    /// <inheritdoc/>
    public IEnumerable<FoundPoints> Read(string path) =>
        PointData.Read(path, config.Found!.Schema, config.Data).Select(adapt);

    /// <inheritdoc/>
    public void Finish()
    {
    }
}
