using LieConv.Tests.Support;
using LieConv.Training.Checkpoints;
using LieConv.Training.Learning;
using LieConv.Training.Loop;

namespace LieConv.Tests.Training;

/// <summary>A training that is looked at after each step.</summary>
internal static class WatchedLoop
{
    public static TrainingLoop Of(
        TinyObjective objective, TemporaryFolder folder, TrainOptions options, Action<TrainingProgress> afterStep) =>
        new(objective, options, new CheckpointStore(folder.File("checkpoints")), ResumeTests.Log(folder),
            new Watcher(afterStep));

    private sealed class Watcher(Action<TrainingProgress> afterStep) : TrainingObserver
    {
        public override void OnStep(TrainingProgress progress, long totalSteps, int examples, double seconds) =>
            afterStep(progress);

        public override void OnEvaluation(DataSplit split, long done, long total)
        {
        }

        public override void OnEpoch(EpochReport report)
        {
        }
    }
}
