using System.Globalization;
using LieConv.Benchmarks.Support;
using LieConv.Neighbours;

namespace LieConv.Benchmarks.Sizes;

/// <summary>Prints memory and time against the number of points, a row for each.</summary>
internal static class SizesCommand
{
    private static readonly int[] Counts = [1_000, 3_000, 10_000, 30_000, 100_000];
    private static readonly NeighborhoodKind[] Kinds = [NeighborhoodKind.Ball, NeighborhoodKind.Nearest];

    /// <summary>Runs sizes [--threads N] [--json FILE] [GROUP|N...].</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 1);
        var (counts, groups) = (Counts, arguments.Names.Where(name => !char.IsAsciiDigit(name[0])).ToArray());
        if (arguments.Names.Count > groups.Length)
            counts = [.. arguments.Names.Where(name => char.IsAsciiDigit(name[0])).Select(Number)];
        if (groups.Length == 0) groups = ["T3", "SE3"];
        (string Group, NeighborhoodKind Kind)[] columns = [.. groups.SelectMany(g => Kinds.Select(kind => (g, kind)))];
        var machine = $"{Machine.Describe(arguments.Threads)}, 6 layers, 64 channels, 25 neighbours, balls of 64 points, " +
            "forward and backward";
        Console.WriteLine($"{machine}\n");
        Console.WriteLine("| points | " + string.Join(" | ", columns.Select(c => $"{c.Group} {c.Kind}, GB | s")) + " |");
        Console.WriteLine("|---:|" + string.Concat(columns.Select(_ => "---:|---:|")));
        var rows = new List<SizeRow>();
        foreach (var count in counts.Order())
        {
            var row = columns.Select(c => Measure(rows, c.Group, c.Kind, count, arguments.Threads)).ToArray();
            rows.AddRange(row);
            Console.WriteLine($"| {count.ToString("N0", CultureInfo.InvariantCulture)} | " +
                string.Join(" | ", row.Select(Text)) + " |");
            JsonFile.Write(arguments.Json, new SizesData(SizesData.SizesKind, machine, rows));
        }
        return 0;
    }

    /// <summary>What did not fit does not fit at a larger size either.</summary>
    private static SizeRow Measure(
        List<SizeRow> before, string group, NeighborhoodKind kind, int count, int threads) =>
        before.Any(row => row.Group == group && row.Neighborhood == kind && row.PeakBytes is null)
            ? new SizeRow(group, kind, count, null, null)
            : SizeCommand.Measure(group, kind, count, threads);

    private static string Text(SizeRow row) => row.PeakBytes is null
        ? "- | -"
        : FormattableString.Invariant($"{row.PeakBytes / 1e9:F2} | {row.Seconds:F2}");

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"'{text}' is no number of points; expected a whole number from 1 up.");
}
