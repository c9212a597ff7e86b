using LieConv.Kernels;

namespace LieConv.Benchmarks.Workloads;

/// <summary>The workloads by name: FAMILY:GROUP and what else tells them apart.</summary>
internal static class WorkloadCatalog
{
    private static readonly string[] ImageGroups = ["Trivial2", "T2", "SO2:0.2", "RxSO2:0.3", "SE2:0.05"];
    private static readonly string[] RoundedImageGroups = ["T2", "SE2:0.05"];
    private static readonly bool[] Trainings = [true, false];
    private static readonly string[] PointGroups = ["T3", "SE3"];
    private static readonly int[] PointCounts = [1_000, 3_000, 10_000, 30_000, 100_000];

    /// <summary>All, in the order of the table.</summary>
    public static IReadOnlyList<WorkloadEntry> All { get; } = [.. Images(), .. Molecules(), .. Springs(), .. Points()];

    /// <summary>Those of the given names; a name also stands for all whose names go on from it after a colon.</summary>
    /// <exception cref="ArgumentException">If a name is that of no workload.</exception>
    public static IReadOnlyList<WorkloadEntry> Select(IReadOnlyList<string> names)
    {
        foreach (var name in names)
            if (!All.Any(entry => Fits(entry, name)))
                throw new ArgumentException(
                    $"There is no workload '{name}'; expected one of {string.Join(", ", All.Select(e => e.Name))}, " +
                    "or the beginning of some of them, such as images.");
        return [.. All.Where(entry => names.Count == 0 || names.Any(name => Fits(entry, name)))];
    }

    /// <summary>The workload of exactly this name.</summary>
    /// <exception cref="ArgumentException">If there is none.</exception>
    public static WorkloadEntry Find(string name) => Select([name]).FirstOrDefault(entry => entry.Name == name)
        ?? throw new ArgumentException($"'{name}' is the beginning of several workloads; expected the name of one.");

    private static bool Fits(WorkloadEntry entry, string name) =>
        entry.Name == name || entry.Name.StartsWith(name + ":", StringComparison.Ordinal);

    private static IEnumerable<WorkloadEntry> Images() =>
    [
        .. from name in ImageGroups from training in Trainings select Image(name, training, ProductPrecision.Full),
        .. from name in RoundedImageGroups select Image(name, true, ProductPrecision.Bfloat16),
    ];

    private static WorkloadEntry Image(string group, bool training, ProductPrecision products) => Entry(
        $"images:{group}:{(training ? ImageWorkload.Train : ImageWorkload.Evaluate)}", products,
        name => new ImageWorkload(name, group, training, products));

    private static IEnumerable<WorkloadEntry> Molecules() =>
        from products in new[] { ProductPrecision.Full, ProductPrecision.Bfloat16 }
        from entry in new[]
        {
            Entry("molecules:T3", products, name => MoleculeWorkload.Translations(name, "T3", products)),
            Entry("molecules:SE3:0.2", products, name => MoleculeWorkload.Rigid(name, "SE3:0.2", products)),
        }
        select entry;

    /// <summary>A workload whose name tells what our side computes large products in.</summary>
    private static WorkloadEntry Entry(string name, ProductPrecision products, Func<string, Workload> create)
    {
        var full = products == ProductPrecision.Full ? name : name + ":bf16";
        return new WorkloadEntry(full, () => create(full));
    }

    private static IEnumerable<WorkloadEntry> Springs() =>
    [
        new("springs:T2", () => new SpringWorkload("T2", "HLieResNet:T2")),
        new("springs:FC", () => new SpringWorkload("FC", "FC")),
    ];

    private static IEnumerable<WorkloadEntry> Points() =>
        from name in PointGroups
        from count in PointCounts
        select new WorkloadEntry(
            FormattableString.Invariant($"points:{name}:{count}"), () => new PointWorkload(name, count));
}
