using System.CommandLine;
using LieConv.Cli.Commands;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Tests.Cli;

public sealed class TrainOptionSetTests
{
    private const string Line =
        "--epochs 7 --batch 8 --lr 0.2 --schedule PLATEAU --warm-up 0.01 --clip 2.5 --ema 0.999 " +
        "--early-stopping 6 --seed 9 --device cuda:1 --precision float64";

    [Fact]
    public void Apply_AllGiven_LiesOverEveryValue()
    {
        var given = new TrainOptions { Threads = 3, EvaluateEvery = 4 };
        Assert.Equal(given with
        {
            Epochs = 7, Batch = 8, LearningRate = 0.2, Schedule = ScheduleKind.Plateau, WarmUp = 0.01,
            GradientClip = 2.5, Ema = 0.999, EarlyStopping = 6, Seed = 9, Device = "cuda:1", Precision = "float64",
        }, Apply(new TrainOptionSet("digits"), Line, given));
    }

    [Fact]
    public void Apply_NothingGiven_ChangesNothing()
    {
        var given = new TrainOptions { Epochs = 3, Schedule = ScheduleKind.Constant, Ema = 0.5, EarlyStopping = 2 };
        Assert.Equal(given, Apply(new TrainOptionSet("digits"), "", given));
    }

    [Fact]
    public void Apply_ManyEpochsOfParticles_AreEvaluatedLessOften()
    {
        var set = new TrainOptionSet("systems", DynamicsPresets.WithEpochs);
        var train = Apply(set, "--epochs 500", new TrainOptions());
        Assert.Equal((500, 10), (train.Epochs, train.EvaluateEvery));
    }

    [Fact]
    public void All_OfTheLine_AreEveryOption() =>
        Assert.Equal(
            new TrainOptionSet("digits").All.Select(option => option.Name),
            Line.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal)));

    private static TrainOptions Apply(TrainOptionSet set, string line, TrainOptions given)
    {
        var command = new Command("train");
        foreach (var option in set.All) command.Options.Add(option);
        var result = command.Parse(line);
        Assert.Empty(result.Errors);
        return set.Apply(result, given);
    }
}
