using LieConv.Benchmarks.Pictures;
using LieConv.Benchmarks.Profiling;
using LieConv.Benchmarks.Sizes;
using LieConv.Benchmarks.Stress;
using LieConv.Benchmarks.Tables;

namespace LieConv.Benchmarks;

/// <summary>The commands by name.</summary>
internal static class BenchmarkCommands
{
    private const int Done = 0, BadInput = 2;
    private const string Repeated = "[--threads N] [--steps N]";

    private static readonly BenchmarkCommand[] All =
    [
        new("table", $"{Repeated} [--json FILE] [WORKLOAD...]",
            "time and memory beside the original's sequence of operations", TableCommand.Run),
        new("profile", $"{Repeated} WORKLOAD", "where the time of a training step goes", ProfileCommand.Run),
        new("sizes", "[--threads N] [--json FILE] [GROUP...] [POINTS...]", "memory against the number of points",
            SizesCommand.Run),
        new("picture", "FILE.json OUT.png", "a picture of what table or sizes saved", PictureCommand.Run),
        new("images", $"{Repeated} [GROUP...]", "training and evaluation of RotMNIST networks", ImageBenchmark.Run),
        new("springs", $"{Repeated} [NETWORK[:GROUP]...]", "training of networks of dynamics", SpringBenchmark.Run),
        new("molecules", $"{Repeated} [GROUP...]", "training with padding computed and left out", MoleculeBenchmark.Run),
        new("memory", $"{Repeated} [GROUP...]", "memory over many training steps", MemoryBenchmark.Run),
        new("batches", Repeated, "making batches from data in memory", BatchBenchmark.Run),
        new("molecule-data", "generate FOLDER ARCHIVE | load FOLDER", "an archive of QM9's size",
            MoleculeDataBenchmark.Run),
        new("point-data", "generate FOLDER | read FILE | modelnet FOLDER", "reading a million points",
            PointDataBenchmark.Run),
        new("stress", "[SECONDS] [SUBJECT...]", "every task while garbage is collected: the same numbers or a failure",
            StressCommand.Run),
        new(StressCommand.One, null, "one subject of stress", StressCommand.RunOne),
        new(PeakCommand.Name, null, "memory of one side, for table", PeakCommand.Run),
        new(SizeCommand.Name, null, "memory of one size, for sizes", SizeCommand.Run),
    ];

    /// <summary>Runs the command that the arguments name.</summary>
    public static int Run(string[] args)
    {
        if (args is ["--help" or "-h" or "help", ..]) return Help(Console.Out, Done);
        if (args.Length == 0) return Help(Console.Error, BadInput);
        try
        {
            var command = All.FirstOrDefault(command => command.Name == args[0])
                ?? throw new ArgumentException(
                    $"There is no benchmark '{args[0]}'; expected one of " +
                    $"{string.Join(", ", All.Where(c => c.Arguments is not null).Select(c => c.Name))}.");
            return command.Run(args[1..]);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidDataException
            or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message);
            return BadInput;
        }
    }

    private static int Help(TextWriter writer, int code)
    {
        writer.WriteLine("Usage: LieConv.Benchmarks COMMAND [ARGUMENT...]\n");
        foreach (var command in All.Where(command => command.Arguments is not null))
            writer.WriteLine($"  {command.Name} {command.Arguments}\n      {command.Purpose}");
        return code;
    }
}
