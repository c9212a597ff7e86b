using LieConv.Training.Checkpoints;
using LieConv.Training.Description;
using LieConv.Training.Learning;
using LieConv.Training.Tasks.Digits;
using LieConv.Training.Tasks.Dynamics;

namespace LieConv.Tests.Training.Description;

public sealed class TrainSettingsTests
{
    private const string Line =
        "--epochs 7 --batch 8 --lr 0.2 --schedule PLATEAU --warm-up 0.01 --clip 2.5 --weight-decay 0.02 --ema 0.999 " +
        "--early-stopping 6 --init other --seed 9 --device cuda:1 --precision float64";

    [Fact]
    public void Configure_AllGiven_LiesOverEveryValue()
    {
        var usual = Configure(new RotatedDigits(), "").Train;
        Assert.Equal(usual with
        {
            Epochs = 7, Batch = 8, LearningRate = 0.2, Schedule = ScheduleKind.Plateau, WarmUp = 0.01,
            GradientClip = 2.5, WeightDecay = 0.02, Ema = 0.999, EarlyStopping = 6, Init = "other", Seed = 9, Device = "cuda:1", Precision = "float64",
        }, Configure(new RotatedDigits(), Line).Train);
    }

    [Fact]
    public void Configure_NothingGiven_IsThePreset() =>
        Assert.Equal(RotMnistPresets.Create(RotMnistPresets.Default, null), Configure(new RotatedDigits(), ""));

    [Fact]
    public void Configure_ManyEpochsOfParticles_AreEvaluatedLessOften()
    {
        var train = Configure(MovingParticles.Springs, "--epochs 500").Train;
        Assert.Equal((500, 10), (train.Epochs, train.EvaluateEvery));
    }

    [Fact]
    public void Training_OfTheLine_AreEveryOption() =>
        Assert.Equal(
            UsualSettings.Training("digits").Select(setting => setting.Option),
            Line.Split(' ').Where(word => word.StartsWith("--", StringComparison.Ordinal)));

    private static RunConfig Configure(LearningTask task, string line)
    {
        var values = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(
            pair => pair[0],
            pair => task.Settings.Single(setting => setting.Option == pair[0]).Read(pair[1], out _)!);
        return task.Configure(new SettingValues(values), []);
    }
}
