namespace LieConv.Training.Studies;

/// <summary>One network at one training size, over its seeds.</summary>
/// <param name="Network">The network.</param>
/// <param name="Size">How many examples it was trained on.</param>
/// <param name="Seeds">How many trainings came out finite.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="Mean">Geometric mean of the test errors; NaN if none is finite.</param>
/// <param name="Low">The smallest test error.</param>
/// <param name="High">The largest test error.</param>
public sealed record StudyPoint(string Network, int Size, int Seeds, int Failed, double Mean, double Low, double High)
{
    /// <summary>Summarises a study: networks in the order of their first row, sizes increasing.</summary>
    /// <param name="rows">The trainings.</param>
    /// <exception cref="ArgumentException">If there are no rows, or one is impossible.</exception>
    public static IReadOnlyList<StudyPoint> Collect(IReadOnlyList<StudyRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("A study needs at least one training.", nameof(rows));
        if (rows.FirstOrDefault(row => string.IsNullOrWhiteSpace(row.Network)) is not null)
            throw new ArgumentException("A training of the study has a network without a name.", nameof(rows));
        if (rows.FirstOrDefault(row => row.Size < 1 || row.Error < 0) is { } wrong)
        {
            var found = FormattableString.Invariant($"size {wrong.Size} and test error {wrong.Error}");
            throw new ArgumentException(
                $"A training of {wrong.Network} has {found}; expected a positive size and no negative error.",
                nameof(rows));
        }
        return
        [
            .. from row in rows
               group row by row.Network into network
               from size in network.GroupBy(row => row.Size).OrderBy(size => size.Key)
               select Summary(network.Key, size.Key, [.. size.Select(row => row.Error)]),
        ];
    }

    private static StudyPoint Summary(string network, int size, double[] errors)
    {
        double[] finite = [.. errors.Where(double.IsFinite)];
        return finite.Length == 0
            ? new StudyPoint(network, size, 0, errors.Length, double.NaN, double.NaN, double.NaN)
            : new StudyPoint(network, size, finite.Length, errors.Length - finite.Length,
                Math.Exp(finite.Average(Math.Log)), finite.Min(), finite.Max());
    }
}
