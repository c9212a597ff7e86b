using LieConv.Datasets.Molecules;

namespace LieConv.Training.Tasks.Molecules;

/// <summary>Which molecules are predicted together: those of one size after another, so that there is little padding,
/// and no more of them than their pairs of points allow.</summary>
internal static class MoleculeBatchPlan
{
    /// <summary>Places of the molecules, batch by batch; the same every time.</summary>
    /// <param name="set">The molecules.</param>
    /// <param name="memory">Counts pairs.</param>
    /// <param name="most">Most molecules of a batch.</param>
    public static IEnumerable<long[]> Create(MoleculeSet set, MoleculeMemory memory, int most)
    {
        var order = Enumerable.Range(0, set.Count).OrderBy(set.AtomCount).ThenBy(i => i).Select(i => (long)i).ToArray();
        for (var first = 0; first < order.Length;)
        {
            var count = 1;
            // All are padded to the last, which is the largest.
            while (count < most && first + count < order.Length
                && (count + 1) * memory.Pairs(set.AtomCount((int)order[first + count])) <= memory.PairsOfBatch)
                count++;
            yield return order[first..(first + count)];
            first += count;
        }
    }
}
