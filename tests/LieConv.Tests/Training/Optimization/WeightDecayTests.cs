using LieConv.Training.Learning;
using LieConv.Training.Optimization;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LieConv.Tests.Training.Optimization;

/// <summary>Decoupled weight decay, of matrices only.</summary>
[Collection("Serial")]
public sealed class WeightDecayTests
{
    private const double Rate = 0.01, Decay = 0.3;

    /// <summary>The other program: libtorch's rule as TorchSharp's AdamW has it, with the matrices in a group that decays and
    /// the vectors in one that does not.</summary>
    [Fact]
    public void Step_WeightDecay_IsAdamWOnMatricesAndAdamOnVectors()
    {
        using var scope = NewDisposeScope();
        using var ours = Model();
        using var theirs = Model();
        var options = new TrainOptions { LearningRate = Rate, Schedule = ScheduleKind.Constant, WeightDecay = Decay };
        using var optimizer = new Optimizer(ours, options, 10);
        Parameter[] Of(bool matrices) => [.. theirs.parameters().Where(parameter => parameter.dim() > 1 == matrices)];
        using var decaying = optim.AdamW(Of(true), Rate, weight_decay: Decay);
        using var others = optim.Adam(Of(false), Rate);
        var input = randn(7, 4);
        var progress = new TrainingProgress();
        for (var step = 0; step < 10; step++)
        {
            optimizer.Begin(progress);
            progress = optimizer.Step(ours.call(input).square().mean(), progress) with { Step = step + 1 };
            theirs.zero_grad();
            theirs.call(input).square().mean().backward();
            decaying.step();
            others.step();
        }
        foreach (var (mine, other) in ours.parameters().Zip(theirs.parameters()))
            Assert.True((mine - other).abs().max().item<float>() < 1e-6f);
    }

    [Fact]
    [Trait("Category", "Faults")]
    public void Validate_DecayOutOfRange_IsOneSentence()
    {
        Assert.Equal(
            ["WeightDecay is -1; expected 0 (none) or a number that times the rate is below 1."],
            new TrainOptions { WeightDecay = -1 }.Validate());
        Assert.Single(new TrainOptions { WeightDecay = 500, LearningRate = 0.01 }.Validate());
        Assert.Empty(new TrainOptions { WeightDecay = 50, LearningRate = 0.01 }.Validate());
    }

    private static Sequential Model()
    {
        random.manual_seed(3);
        return nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.SiLU(), nn.Linear(6, 1));
    }
}
