using LieConv.Benchmarks.Support;
using LieConv.Benchmarks.Workloads;

namespace LieConv.Benchmarks.Tables;

/// <summary>Prints what both sides take, a row for each workload.</summary>
internal static class TableCommand
{
    /// <summary>Runs table [--threads N] [--steps N] [--json FILE] [WORKLOAD...].</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 5);
        var entries = WorkloadCatalog.Select(arguments.Names);
        var machine = $"{Machine.Describe(arguments.Threads)}, median of {arguments.Steps} steps by turns";
        Console.WriteLine($"{machine}\n\n{TableText.Header}");
        var rows = new List<TableRow>();
        foreach (var entry in entries)
        {
            rows.Add(TableMeasurement.Measure(entry, arguments));
            Console.WriteLine(TableText.Create(rows[^1]));
            JsonFile.Write(arguments.Json, new TableData(TableData.TableKind, machine, rows));
        }
        return 0;
    }
}
