namespace LieConv.Benchmarks.Profiling;

/// <summary>Prints where the time of a training step goes.</summary>
internal static class ProfileCommand
{
    private static readonly ProfileKind[] Sampling =
        [ProfileKind.Lifts, ProfileKind.Subsampling, ProfileKind.Neighbours, ProfileKind.Augmentation];

    /// <summary>Runs profile [--threads N] [--steps N] WORKLOAD.</summary>
    public static int Run(string[] args)
    {
        var arguments = BenchmarkArguments.Read(args, 5);
        if (arguments.Names is not [var name])
            throw new ArgumentException("Expected the name of one workload, such as images:T2:train.");
        using var subject = ProfileSubject.Create(name);
        // The whole step before and after its parts, so that both meet the same machine.
        List<double> steps = [Machine.MedianSeconds(subject.Step, arguments.Steps)];
        var times = NetworkProfile.Run(subject, arguments.Steps);
        steps.Add(Machine.MedianSeconds(subject.Step, arguments.Steps));
        var whole = steps.Average() + times.Of(ProfileKind.Augmentation).Forward;
        Console.WriteLine($"{Machine.Describe(arguments.Threads)}, {name}, median of {arguments.Steps} repetitions\n");
        Console.WriteLine("| part | forward, ms | backward, ms | share of the step |\n|---|---:|---:|---:|");
        foreach (var kind in Enum.GetValues<ProfileKind>()) Print(Words(kind), times.Of(kind), whole);
        Print("sampling in all: lifts, subsampling, neighbours, augmentation", times.Sum(Sampling), whole);
        var (forward, backward) = times.Sum(Enum.GetValues<ProfileKind>());
        Print("rest", (whole - forward - backward, 0), whole);
        Print("the whole step", (whole, 0), whole);
        return 0;
    }

    private static void Print(string part, (double Forward, double Backward) seconds, double whole) =>
        Console.WriteLine(FormattableString.Invariant(
            $"| {part} | {1e3 * seconds.Forward:F1} | {1e3 * seconds.Backward:F1} | {100 * (seconds.Forward + seconds.Backward) / whole:F1} % |"));

    private static string Words(ProfileKind kind) => kind switch
    {
        ProfileKind.Lifts => "lifts",
        ProfileKind.Subsampling => "subsampling: distances, farthest points",
        ProfileKind.Neighbours => "neighbours and relative coordinates",
        ProfileKind.Augmentation => "augmentation",
        ProfileKind.KernelNetwork => "kernel networks",
        ProfileKind.Convolution => "convolutions",
        ProfileKind.LinearLayers => "linear layers",
        ProfileKind.NormAndActivation => "normalisation and activation",
        ProfileKind.Residual => "residual additions",
        ProfileKind.Pooling => "pooling and loss",
        _ => "optimiser",
    };
}
