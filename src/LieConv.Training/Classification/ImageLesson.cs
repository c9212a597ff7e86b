using LieConv.Datasets.Digits;
using static TorchSharp.torch;

namespace LieConv.Training.Classification;

/// <summary>How images become what a network sees, and what is said of them: where tasks on images differ.</summary>
internal sealed record ImageLesson
{
    /// <summary>Names of the classes.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Images in [0, 1] to what the network sees.</summary>
    public Func<Tensor, Tensor> Normalise { get; init; } = MnistNormalization.Apply;

    /// <summary>Whether training images are turned at random where train.augment is on.</summary>
    public bool Turns { get; init; } = true;

    /// <summary>They are also shifted by up to so many pixels in either direction.</summary>
    public double ShiftPixels { get; init; }

    /// <summary>What an example of each class weighs in the loss; null where all weigh the same.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>What stands below the columns of the confusion matrix and beside its rows.</summary>
    public (string Predicted, string Right) Axes { get; init; } = ("read as", "true digit");

    /// <summary>What images are called, in the plural.</summary>
    public string Examples { get; init; } = "images";
}
