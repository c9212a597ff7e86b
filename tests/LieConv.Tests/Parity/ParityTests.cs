using LieConv.Tests.Parity.Families;
using LieConv.Tests.Parity.Format;
using static TorchSharp.torch;

namespace LieConv.Tests.Parity;

/// <summary>The recorded runs of the original, replayed.</summary>
[Trait("Category", "Parity")]
public sealed class ParityTests(ParityReport report, ITestOutputHelper output) : IClassFixture<ParityReport>
{
    /// <summary>Every case in scope of the folder in use, in both precisions.</summary>
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var golden in Manifest.Current.Cases.Where(golden => CaseFamily.InScope(golden.Name)))
        {
            data.Add(golden.Name, "float64");
            if (golden.Tolerance(singlePrecision: true) is not null) data.Add(golden.Name, "float32");
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Replay_RecordedCase_GivesTheOriginalsNumbers(string name, string precision)
    {
        using var scope = NewDisposeScope();
        var golden = Manifest.Current.Cases.Single(golden => golden.Name == name);
        var family = CaseFamily.Of(name);
        Assert.True(family is not null, $"No family of cases runs {name}.");
        var run = new CaseRun(golden, precision == "float32" ? ScalarType.Float32 : ScalarType.Float64);
        family.Run(run);
        report.Add(run);
        foreach (var array in run.Checked) output.WriteLine(array.ToString());
        Assert.NotEmpty(run.Checked);
        Assert.Empty(run.Faults());
    }
}
