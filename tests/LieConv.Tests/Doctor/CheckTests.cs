using LieConv.Build;
using LieConv.Cli.Doctor;
using LieConv.Cli.Doctor.Checks;
using LieConv.Cli.Doctor.Facts;

namespace LieConv.Tests.Doctor;

[Trait("Category", "Faults")]
public sealed class CheckTests
{
    private const long Gigabyte = 1_000_000_000;

    private static readonly MachineFacts Healthy = new()
    {
        Runtime = new Version(10, 0, 1),
        Sdk = "10.0.100",
        OperatingSystem = "Debian GNU/Linux 12",
        Platform = "linux-x64",
        Processor = new ProcessorFacts
        {
            Model = "A processor", Cores = 2, Vector256 = true, Vector512 = true, Fma = true,
            Flags = new HashSet<string> { "avx2", "avx512f", "avx512_bf16", "sse2" },
        },
        Libtorch = new LibtorchFacts { Version = "2.10.0", KeepsOperands = true, Threads = 2 },
        Libstdcxx = new LibstdcxxFacts("/usr/lib/libstdc++.so.6", 30, "/app/libLibTorchSharp.so", ElfVersionRequirement.Outcome.AlreadyWeak),
        TotalMemory = 8 * Gigabyte,
        AvailableMemory = 4 * Gigabyte,
        Data = new DataFolderFacts { Path = "/data" },
    };

    [Fact]
    public void Examine_HealthyMachine_IsOkEverywhere()
    {
        var findings = DoctorReport.Examine(Healthy);
        Assert.All(findings, finding => Assert.Equal(CheckStatus.Ok, finding.Status));
        Assert.False(DoctorReport.Failed(findings));
    }

    public static TheoryData<string> Cases => [.. Sick.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Examine_SickMachine_SaysWhatToDo(string name)
    {
        var (check, facts, status, detail, advice) = Sick[name];
        var finding = check.Examine(facts);

        Assert.Equal(status, finding.Status);
        Assert.Contains(detail, finding.Detail, StringComparison.Ordinal);
        Assert.Contains(advice, finding.Advice, StringComparison.Ordinal);
        Assert.Equal(status == CheckStatus.Fail, DoctorReport.Failed(DoctorReport.Examine(facts)));
    }

    private static Dictionary<string, (DoctorCheck, MachineFacts, CheckStatus, string Detail, string Advice)> Sick { get; } = new()
    {
        ["old runtime"] = (new DotnetCheck(), Healthy with { Runtime = new Version(8, 0, 3) }, CheckStatus.Fail, "runtime 8.0.3", "Install .NET 10"),
        ["no SDK"] = (new DotnetCheck(), Healthy with { Sdk = null }, CheckStatus.Warn, "no SDK", "SDK"),
        ["operands that are not kept"] = (
            new OperandsCheck(), Healthy with { Libtorch = Healthy.Libtorch with { KeepsOperands = false } }, CheckStatus.Fail,
            "may be freed", "Build again"),
        ["no libtorch for it"] = (new PlatformCheck(), Healthy with { Platform = "linux-arm64" }, CheckStatus.Fail, "linux-arm64", "linux-x64, win-x64"),
        ["no vectors"] = (
            new VectorCheck(), Healthy with { Processor = new ProcessorFacts { Cores = 2 } }, CheckStatus.Warn, "none", "AVX2"),
        ["AVX-512 unused"] = (
            new VectorCheck(), Healthy with { Processor = Healthy.Processor with { Vector512 = false } }, CheckStatus.Warn,
            "Vector256", "DOTNET_EnableAVX512"),
        ["no bfloat16"] = (
            new Bfloat16Check(), Healthy with
            {
                Processor = Healthy.Processor with { Flags = new HashSet<string> { "avx2", "avx512f" } },
            }, CheckStatus.Ok, "not in hardware", "slower here than float32"),
        ["libtorch missing"] = (
            new LibtorchCheck(), Healthy with { Libtorch = new LibtorchFacts { LoadFailure = "no such file" } }, CheckStatus.Fail,
            "no such file", "libtorch-cpu-linux-x64"),
        ["libtorch refused"] = (
            new LibtorchCheck(), Refused with { Libtorch = new LibtorchFacts { LoadFailure = "version not found" } },
            CheckStatus.Fail, "version not found", "See libstdc++"),
        ["strong requirement"] = (new LibstdcxxCheck(), Refused, CheckStatus.Fail, "GLIBCXX_3.4.30; GLIBCXX_3.4.32 required", "Build again"),
        ["no libstdc++"] = (
            new LibstdcxxCheck(), Healthy with { Libstdcxx = Healthy.Libstdcxx! with { Path = null, Highest = null } }, CheckStatus.Warn,
            "not found", "apt-get install libstdc++6"),
        ["too many threads"] = (
            new ThreadsCheck(), Healthy with { Libtorch = Healthy.Libtorch with { Threads = 8 }, OmpThreads = "8" }, CheckStatus.Warn,
            "8 of 2 (OMP_NUM_THREADS=8)", "--threads 2"),
        ["little memory"] = (
            new MemoryCheck(), Healthy with { AvailableMemory = Gigabyte / 2 }, CheckStatus.Warn, "0.5 GB free of 8.0 GB", "--batch"),
        ["named folder missing"] = (
            new DataCheck(), Healthy with { Data = new DataFolderFacts { Path = "/d", Named = true } }, CheckStatus.Warn,
            "/d (LIECONV_DATA) does not exist", "Create the folder"),
        ["data set incomplete"] = (
            new DataCheck(), Healthy with { Data = Folder(Found(0, 0), Found(0, 1), Found(0, 2)) }, CheckStatus.Warn,
            "MNIST lacks t10k-labels-idx1-ubyte", "data fetch mnist"),
        ["file damaged"] = (
            new DataCheck(), Healthy with { Data = Folder(Found(0, 0) with { Problem = "ends within the header" }) }, CheckStatus.Warn,
            "ends within the header", "Delete the damaged files"),
    };

    [Theory]
    [InlineData(32, ElfVersionRequirement.Outcome.Strong)]
    [InlineData(34, ElfVersionRequirement.Outcome.Strong)]
    [InlineData(28, ElfVersionRequirement.Outcome.Absent)]
    public void Libstdcxx_RequirementMet_IsOk(int highest, ElfVersionRequirement.Outcome requirement) =>
        Assert.Equal(CheckStatus.Ok, new LibstdcxxCheck().Examine(Healthy with
        {
            Libstdcxx = Healthy.Libstdcxx! with { Highest = highest, Requirement = requirement },
        }).Status);

    [Fact]
    public void Data_CompleteSet_IsNamed() =>
        Assert.Contains("holds RotMNIST", new DataCheck().Examine(Healthy with { Data = Folder(Found(1, 0), Found(1, 1)) }).Detail, StringComparison.Ordinal);

    /// <summary>The advice is about what is damaged or incomplete, and about nothing else.</summary>
    [Fact]
    public void Data_DamagedFiles_AdviseOnTheirSetsAlone()
    {
        foreach (var source in new DataFolderFacts().Sources)
        {
            var file = new DataSetFile(source.Title, "a.npz", "/data/a.npz", "is damaged");
            var damaged = new DataCheck().Examine(Healthy with { Data = Folder(file) });
            Assert.Equal(
                "Delete the damaged files and get them again. " + (source.CanFetch
                    ? $"`lieconv data fetch {source.Name}` downloads {source.Title} there."
                    : $"For {source.Title}: {source.Hint("/data")}.") +
                " `lieconv data list` says how to get each; `lieconv data verify NAME` reads all of one.", damaged.Advice);
            if (source.Required.Count < 2) continue;
            var partial = new DataCheck().Examine(
                Healthy with { Data = Folder(file with { Name = source.Required[0], Problem = null }) });
            Assert.Equal(
                (source.Name == "mnist", source.Name == "qm9"),
                (partial.Advice!.Contains("fetch mnist", StringComparison.Ordinal), partial.Advice.Contains("fetch qm9", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void Cuda_OneDevice_SaysHowToUseIt() =>
        Assert.Contains("--device cuda", new CudaCheck().Examine(Healthy with
        {
            Libtorch = Healthy.Libtorch with { CudaDevices = 1 },
        }).Detail, StringComparison.Ordinal);

    private static MachineFacts Refused => Healthy with
    {
        Libstdcxx = Healthy.Libstdcxx! with { Requirement = ElfVersionRequirement.Outcome.Strong },
    };

    private static DataFolderFacts Folder(params DataSetFile[] files) => new() { Path = "/data", Exists = true, Files = files };

    private static DataSetFile Found(int set, int file)
    {
        var (name, files) = new DataFolderFacts().Sources[set] is var source ? (source.Title, source.Required) : default;
        return new DataSetFile(name, files[file], "/data/" + files[file], null);
    }
}
