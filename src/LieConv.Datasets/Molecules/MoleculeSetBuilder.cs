using System.Runtime.InteropServices;

namespace LieConv.Datasets.Molecules;

/// <summary>Collects molecules one after another into the arrays of a set.</summary>
internal sealed class MoleculeSetBuilder(IReadOnlyList<string> targetNames, bool hasForces = false)
{
    private readonly List<int> _offsets = [0];
    private readonly List<byte> _charges = [];
    private readonly List<double> _positions = [];
    private readonly List<double> _forces = [];
    private readonly List<double> _targets = [];
    private readonly List<int> _ids = [];

    /// <summary>Molecules so far.</summary>
    public int Count => _ids.Count;

    /// <summary>Appends a molecule.</summary>
    public void Add(
        int id, ReadOnlySpan<byte> charges, ReadOnlySpan<double> positions, ReadOnlySpan<double> targets,
        ReadOnlySpan<double> forces = default)
    {
        _ids.Add(id);
        _charges.AddRange(charges);
        _positions.AddRange(positions);
        _targets.AddRange(targets);
        if (hasForces) _forces.AddRange(forces);
        _offsets.Add(_charges.Count);
    }

    /// <summary>The set of what was added; ascending ids where asked for.</summary>
    public MoleculeSet Build(bool sortById = false)
    {
        var set = new MoleculeSet(
            [.. _offsets], [.. _charges], [.. _positions], targetNames, [.. _targets], [.. _ids],
            hasForces ? [.. _forces] : null);
        if (!sortById || IsAscending(CollectionsMarshal.AsSpan(_ids))) return set;
        var order = Enumerable.Range(0, set.Count).ToArray();
        Array.Sort((int[])set.Ids.Clone(), order);
        return set.Take(order);
    }

    private static bool IsAscending(ReadOnlySpan<int> values)
    {
        for (var i = 1; i < values.Length; i++)
            if (values[i] < values[i - 1]) return false;
        return true;
    }
}
