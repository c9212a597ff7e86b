namespace LieConv.Datasets.Points;

/// <summary>Makes <see cref="PointSets"/> set by set, for readers whose schema is known from the start.</summary>
public sealed class PointSetsBuilder : IDisposable
{
    /// <summary>Begins.</summary>
    /// <param name="schema">What is added.</param>
    /// <param name="source">Where it comes from, for the description.</param>
    public PointSetsBuilder(PointSchema schema, string source) => throw new NotImplementedException();

    /// <summary>Adds a set of n points.</summary>
    /// <param name="id">Its name, once only.</param>
    /// <param name="place">Where it is, for messages.</param>
    /// <param name="positions">Coordinates, row-major (n, D).</param>
    /// <param name="values">Values, row-major (n, number of values): a category by its number, not one-hot.</param>
    /// <param name="targets">For each target one number of the set, or n of its points; one target after the other.</param>
    /// <param name="group">Group of the set, or null.</param>
    /// <param name="split">Part of the split, or null.</param>
    public void Add(
        string id, string place, ReadOnlySpan<double> positions, ReadOnlySpan<double> values,
        ReadOnlySpan<double> targets, string? group = null, string? split = null) => throw new NotImplementedException();

    /// <summary>The sets, in a temporary file that is deleted with them.</summary>
    public PointSets Build() => throw new NotImplementedException();

    /// <summary>The sets, kept in a file for the next run: see <see cref="PointSets"/>.</summary>
    /// <param name="cache">The file to make.</param>
    /// <param name="key">What they were made from.</param>
    internal PointSets Build(string cache, string key) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
