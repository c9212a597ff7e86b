using System.Globalization;
using LieConv.Benchmarks.Support;

namespace LieConv.Benchmarks.Stress;

/// <summary>Every subject under every collector and width of vectors, each in a process of its own: a table, and exit
/// code 1 where anything failed.</summary>
internal static class StressCommand
{
    /// <summary>The command that runs one subject in a process of its own.</summary>
    public const string One = "stress-one";

    private const int Done = 0, Failed = 1;

    private static readonly (string Name, (string Name, string Value)[] Environment)[] Settings =
    [
        ("concurrent collector", [("DOTNET_gcConcurrent", "1")]),
        ("server collector", [("DOTNET_gcServer", "1"), ("DOTNET_gcConcurrent", "1")]),
        ("concurrent, without AVX-512", [("DOTNET_gcConcurrent", "1"), ("DOTNET_EnableAVX512", "0")]),
        ("server, without AVX-512",
            [("DOTNET_gcServer", "1"), ("DOTNET_gcConcurrent", "1"), ("DOTNET_EnableAVX512", "0")]),
    ];

    /// <summary>Runs stress [SECONDS] [SUBJECT...]: SECONDS in all.</summary>
    public static int Run(string[] args)
    {
        var seconds = args is [var first, ..] && char.IsAsciiDigit(first[0]) ? Seconds(first) : 600;
        var names = args.Where(name => !char.IsAsciiDigit(name[0])).ToArray();
        var subjects = Select(names);
        var share = (seconds / (subjects.Count * Settings.Length)).ToString("R", CultureInfo.InvariantCulture);
        Console.WriteLine("| collector and vectors | subject | threads | calls | collections | failures |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|");
        var failed = false;
        foreach (var (name, environment) in Settings)
            foreach (var subject in subjects)
            {
                var outcome = ChildProcess.Run(MemoryLimits.Child, environment, One, subject.Name, share).Output?.Trim();
                failed |= outcome?.EndsWith("| 0 |", StringComparison.Ordinal) != true;
                Console.WriteLine($"| {name} | {outcome ?? $"{subject.Name} | - | - | - | the process died |"}");
            }
        return failed ? Failed : Done;
    }

    /// <summary>Runs stress-one SUBJECT SECONDS.</summary>
    public static int RunOne(string[] args)
    {
        if (args is not [var name, var seconds])
            throw new ArgumentException($"{One} needs the name of a subject and a number of seconds.");
        var subject = Select([name]).Single();
        var outcome = StressRun.Run(subject, Seconds(seconds));
        if (outcome.First is { } failure) Console.Error.WriteLine($"{name}: {failure}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name} | {subject.Threads} | {outcome.Calls} | {outcome.Collections} | {outcome.Failures} |"));
        return Done;
    }

    private static IReadOnlyList<StressSubject> Select(string[] names)
    {
        if (names.FirstOrDefault(name => StressSubjects.All.All(subject => subject.Name != name)) is { } unknown)
            throw new ArgumentException(
                $"There is no subject '{unknown}'; expected one of " +
                $"{string.Join(", ", StressSubjects.All.Select(subject => subject.Name))}.");
        return names.Length == 0 ? StressSubjects.All : [.. StressSubjects.All.Where(s => names.Contains(s.Name))];
    }

    private static double Seconds(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"'{text}' is no number of seconds; expected a number above 0.");
}
