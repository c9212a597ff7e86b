using System.Text.Json;
using LieConv.Training.Json;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Tests.Training.Tasks.Dynamics;

public sealed class RolloutReportTests
{
    private static readonly Dictionary<string, (Func<RolloutReport, RolloutReport> Spoil, string Message)> Faults = new()
    {
        ["no name"] = (report => report with { System = " " }, "The name of the system is blank."),
        ["one time"] = (report => report with { Times = [0] }, "A rollout needs at least two times."),
        ["times go back"] = (report => report with { Times = [0, 2, 1] }, "The times of a rollout are not increasing"),
        ["time is NaN"] = (report => report with { Times = [0, double.NaN, 1] }, "The times of a rollout are not increasing"),
        ["short curve"] = (report => report with { ErrorHigh = [1, 2] }, "The 90 % quantile of the error has 2 numbers"),
        ["no curve"] = (report => report with { ErrorMedian = [] }, "The median error has 0 numbers"),
        ["negative"] = (report => report with { EnergyDriftTrue = [0, -1, 0] }, "The true energy drift has a negative number."),
        ["no particles"] = (report => Change(report, t => t with { Masses = [] }), "system 1 has no particles."),
        ["no mass"] = (report => Change(report, t => t with { Masses = [1, 0] }), "system 1 has a mass that is not a positive"),
        ["other mass"] = (report => Change(report, t => t with { Masses = [1] }), "The true positions of system 1 have another"),
        ["ragged"] = (report => Change(report, t => t with { True = [t.True[0], t.True[1], [[1, 2], [3]]] }),
            "The true positions of system 1 have another shape than (3, 2, 2)."),
        ["short prediction"] = (report => Change(report, t => t with { Predicted = t.Predicted[1..] }),
            "The predicted positions of system 1 have another shape than (3, 2, 2)."),
        ["line"] = (report => Change(report, t => t with { True = [.. t.True.Select(frame => new[] { new[] { 1.0 } })] }),
            "system 1 has points of 1 coordinates; expected 2 or 3."),
        ["nothing"] = (report => Change(report, t => t with { True = [] }), "system 1 has points of 0 coordinates"),
        ["truth is NaN"] = (report => Change(report, t => t with { True = [t.True[0], t.True[1], [[1, 2], [double.NaN, 0]]] }),
            "The true positions of system 1 are not all finite."),
    };

    public static TheoryData<string> Cases => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Validate_Fault_IsOneSentence(string name)
    {
        var (spoil, message) = Faults[name];
        var fault = Assert.Throws<ArgumentException>(spoil(SampleRollout.Create(frames: 3)).Validate);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_PredictionBlewUp_IsFine()
    {
        var report = SampleRollout.Create(frames: 3) with { ErrorHigh = [0, double.PositiveInfinity, double.NaN] };
        Change(report, t => t with { Predicted = [t.True[0], t.True[1], [[double.NaN, 0], [0, double.NegativeInfinity]]] }).Validate();
    }

    [Fact]
    public void Json_RoundTrip_IsTheSame()
    {
        var report = SampleRollout.Create(dimensions: 3, frames: 4) with { ErrorHigh = [0, 1, double.PositiveInfinity, double.NaN] };
        var text = JsonSerializer.Serialize(report, JsonFormat.Line);
        var read = JsonSerializer.Deserialize<RolloutReport>(text, JsonFormat.Line)!;
        read.Validate();
        Assert.Equal(text, JsonSerializer.Serialize(read, JsonFormat.Line));
        Assert.Equal(report.Trajectories[0].Predicted[3], read.Trajectories[0].Predicted[3]);
    }

    private static RolloutReport Change(RolloutReport report, Func<RolloutTrajectory, RolloutTrajectory> change) =>
        report with { Trajectories = [change(report.Trajectories[0])] };
}
