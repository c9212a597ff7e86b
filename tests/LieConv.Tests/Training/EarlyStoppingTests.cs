using LieConv.Tests.Support;
using LieConv.Training.Learning;

namespace LieConv.Tests.Training;

[Collection("Serial")]
public sealed class EarlyStoppingTests
{
    private static readonly TrainOptions Options = new()
    {
        Epochs = 9, Batch = 5, LearningRate = 0.01, EarlyStopping = 2,
    };

    private static readonly double[] Errors = [0.5, 0.6, 0.4, 0.4, 0.5, 0.1, 0.1, 0.1, 0.1];

    [Fact]
    public void Run_TwoEvaluationsWithoutProgress_StopsThenAndEvaluatesTheBestEpoch()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = Task();
        using (var loop = ResumeTests.Loop(objective, folder, Options))
        {
            var result = loop.Run(CancellationToken.None);
            Assert.Equal((StopReason.EarlyStopping, 25, 3), (result.Reason, result.Progress.Step, result.FinalEpoch));
            Assert.NotNull(result.Final);
        }

        // Asked to go on it sees again that it has ended.
        using var resumed = ResumeTests.Loop(objective, folder, Options);
        resumed.Resume();
        var again = resumed.Run(CancellationToken.None);
        Assert.Equal((StopReason.EarlyStopping, 25, 3), (again.Reason, again.Progress.Step, again.FinalEpoch));
        Assert.Equal(5, ResumeTests.Log(folder).Read().Count);
    }

    [Fact]
    public void Run_EvaluationsAreRare_CountsEvaluationsAndNotEpochs()
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = Task();
        using var loop = ResumeTests.Loop(objective, folder, Options with { Epochs = 30, EvaluateEvery = 3 });
        Assert.Equal(75, loop.Run(CancellationToken.None).Progress.Step);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Run_NeverOrNotSoSoon_AllEpochsAreMade(int evaluations)
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = Task();
        using var loop = ResumeTests.Loop(objective, folder, Options with { EarlyStopping = evaluations });
        Assert.Equal(StopReason.Completed, loop.Run(CancellationToken.None).Reason);
    }

    [Theory]
    [Trait("Category", "Faults")]
    [InlineData(2, ScheduleKind.Cosine,
        "EarlyStopping is 2, but there are no validation examples to judge by; expected 0 (never).")]
    [InlineData(0, ScheduleKind.Plateau,
        "Schedule is Plateau, but there are no validation examples to see one; expected Cosine or Constant.")]
    public void TrainingLoop_NoValidation_IsRefusedInOneSentence(
        int evaluations, ScheduleKind schedule, string expected)
    {
        using var folder = new TemporaryFolder();
        using TinyObjective objective = new TinyObjective();
        var failure = Assert.Throws<ArgumentException>(
            () => ResumeTests.Loop(objective, folder, Options with { EarlyStopping = evaluations, Schedule = schedule }));
        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    private static TinyObjective Task()
    {
        TinyObjective objective = new TinyObjective(validation: true);
        foreach (var error in Errors) objective.ValidationErrors.Enqueue(error);
        return objective;
    }
}
