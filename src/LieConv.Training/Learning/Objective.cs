using LieConv.Training.Loop;
using static TorchSharp.torch;

namespace LieConv.Training.Learning;

/// <summary>What is trained: a model, its loss on training examples and its evaluation. How is
/// <see cref="TrainingLoop"/>'s.</summary>
public abstract class Objective
{
    /// <summary>The model, on its device and in its precision.</summary>
    public abstract nn.Module Model { get; }

    /// <summary>
    /// What a checkpoint must agree on with this task to be loaded, by name: the group, the model's options and so on.
    /// </summary>
    public abstract IReadOnlyDictionary<string, string> Identity { get; }

    /// <summary>Training examples.</summary>
    public abstract long TrainCount { get; }

    /// <summary>Whether there are validation examples.</summary>
    public abstract bool HasValidation { get; }

    /// <summary>The metric by which the best epoch is chosen on the validation examples; smaller is better.</summary>
    public abstract string SelectionMetric { get; }

    /// <summary>The metric that decides between epochs of the same <see cref="SelectionMetric"/>, smaller is better: an error
    /// that counts examples is often the same. Null where the first of them is the best.</summary>
    /// <value>null</value>
    public string? TieMetric { get; protected init; }

    /// <summary>The loss of a batch. The caller has opened a dispose scope and the model is in training mode.</summary>
    /// <param name="examples">The batch, numbers from 0 to <see cref="TrainCount"/> - 1.</param>
    /// <param name="generator">Source of augmentation and of the model's draws.</param>
    public abstract BatchLoss TrainingLoss(ReadOnlySpan<long> examples, Generator generator);

    /// <summary>Evaluates the model, each example once. The model is in evaluation mode.</summary>
    /// <param name="split">Which examples.</param>
    /// <param name="advance">Told how many examples are done, out of how many.</param>
    /// <param name="interruption">Stops between batches by <see cref="OperationCanceledException"/>.</param>
    public abstract Evaluation Evaluate(DataSplit split, Action<long, long> advance, CancellationToken interruption);

    /// <summary>Draws the pictures of the final evaluation into a folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="evaluation">The final evaluation on the test examples.</param>
    public abstract void WritePictures(string folder, Evaluation evaluation);
}
