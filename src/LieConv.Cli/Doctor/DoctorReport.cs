using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LieConv.Cli.Doctor.Checks;
using LieConv.Cli.Doctor.Facts;

namespace LieConv.Cli.Doctor;

/// <summary>All checks and how their findings are shown.</summary>
internal static class DoctorReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The checks in the order of the report.</summary>
    public static IReadOnlyList<DoctorCheck> Checks { get; } =
    [
        new DotnetCheck(), new PlatformCheck(), new ProcessorCheck(), new VectorCheck(), new Bfloat16Check(),
        new LibtorchCheck(), new OperandsCheck(), new LibstdcxxCheck(), new ThreadsCheck(), new CudaCheck(),
        new MemoryCheck(), new DataCheck(),
    ];

    /// <summary>Runs every check.</summary>
    public static IReadOnlyList<Finding> Examine(MachineFacts facts) => [.. Checks.Select(check => check.Examine(facts))];

    /// <summary>Whether anything is broken.</summary>
    public static bool Failed(IEnumerable<Finding> findings) => findings.Any(finding => finding.Status == CheckStatus.Fail);

    /// <summary>One line a finding, the advice below it.</summary>
    public static void WriteText(TextWriter output, IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Check.Length);
        foreach (var finding in findings)
        {
            var status = Lower(finding.Status).PadRight(4);
            output.WriteLine($"{status}  {finding.Check.PadRight(width)}  {finding.Detail}");
            if (finding.Advice is { } advice) output.WriteLine($"      {new string(' ', width)}  -> {advice}");
        }

        output.WriteLine(Failed(findings)
            ? "Something is broken: follow the advice beside 'fail'."
            : "Everything needed for training works.");
    }

    /// <summary>The findings for machines: an array of check, status (ok, warn, fail), detail, advice.</summary>
    public static void WriteJson(TextWriter output, IReadOnlyList<Finding> findings) =>
        output.WriteLine(JsonSerializer.Serialize(findings, Json));

    private static string Lower(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "ok",
        CheckStatus.Warn => "warn",
        _ => "fail",
    };
}
