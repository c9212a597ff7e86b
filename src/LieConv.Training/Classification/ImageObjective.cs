using LieConv.Datasets.Basics;
using LieConv.Datasets.Digits;
using LieConv.Randomness;
using LieConv.Training.Figures;
using LieConv.Training.Learning;
using LieConv.Training.Pictures;
using LieConv.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace LieConv.Training.Classification;

/// <summary>Learning the classes of images by cross-entropy, with random rotations as augmentation.</summary>
/// <remarks>
/// A training image is rotated while its pixels are still in [0, 1] and normalised then, so that the corners that come
/// in are black; rotating a normalised image would fill them with the mean's grey.
/// </remarks>
public sealed class ImageObjective : Objective
{
    private readonly nn.Module<Tensor, Draws, Tensor> _model;
    private readonly ImageParts _data;
    private readonly ImageLesson _lesson;
    private readonly TrainOptions _options;
    private readonly Device _device;

    /// <summary>Learns digits. Puts the model on the device and in the precision of the options; model and data stay the
    /// caller's.</summary>
    /// <param name="model">Images (b, 1, h, w) to logits (b, classes).</param>
    /// <param name="classes">Classes.</param>
    /// <param name="data">The images.</param>
    /// <param name="options">Device, precision, augmentation and evaluation.</param>
    /// <param name="identity">What a checkpoint must agree on.</param>
    /// <param name="shiftPixels">Augmented images are also shifted by up to so many pixels in either direction.</param>
    /// <exception cref="ArgumentException">If this machine lacks the device.</exception>
    public ImageObjective(
        nn.Module<Tensor, Draws, Tensor> model, int classes, ImageSplits data, TrainOptions options,
        IReadOnlyDictionary<string, string> identity, double shiftPixels = 0)
        : this(model, Parts(data), options, identity, new ImageLesson
        {
            Classes = [.. Enumerable.Range(0, classes).Select(i => FormattableString.Invariant($"{i}"))],
            ShiftPixels = shiftPixels,
        })
    {
    }

    /// <summary>Learns any images, see above.</summary>
    internal ImageObjective(
        nn.Module<Tensor, Draws, Tensor> model, ImageParts data, TrainOptions options,
        IReadOnlyDictionary<string, string> identity, ImageLesson lesson)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        (_model, _data, _options, _lesson, Identity) = (model, data, options, lesson, identity);
        TieMetric = "loss";
        _device = options.OpenDevice();
        _model.to(_device);
        _model.to(options.Dtype);
    }

    /// <inheritdoc/>
    public override nn.Module Model => _model;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity { get; }

    /// <inheritdoc/>
    public override long TrainCount => _data.Train.Count;

    /// <inheritdoc/>
    public override bool HasValidation => _data.Validation is not null;

    /// <inheritdoc/>
    public override string SelectionMetric => "error";

    /// <inheritdoc/>
    public override BatchLoss TrainingLoss(ReadOnlySpan<long> examples, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        var draws = new GeneratorDraws(generator);
        var images = _data.Train.Images(examples);
        if (_options.Augment)
        {
            if (_lesson.Turns)
                images = ImageRotation.Move(
                    images, draws.Angles([examples.Length], images.dtype, images.device), Shifts(examples.Length, generator));
            else if (Shifts(examples.Length, generator) is { } shifts)
                images = ImageRotation.Move(images, zeros(examples.Length), shifts);
        }
        var labels = _data.Train.Labels(examples).to(_device);
        var logits = _model.call(Prepare(images), draws);
        var errors = logits.detach().argmax(1).ne(labels).sum().item<long>();
        return new BatchLoss(
            Loss(logits, labels), new Dictionary<string, double> { ["error"] = errors });
    }

    /// <summary>The mean over the batch; of weighed examples the sum is not divided by that of their weights, so that an
    /// example weighs the same in every batch.</summary>
    private Tensor Loss(Tensor logits, Tensor labels)
    {
        if (_lesson.Weights is null) return nn.functional.cross_entropy(logits, labels);
        double[] weights = [.. _lesson.Weights];
        var own = tensor(weights, dtype: logits.dtype, device: logits.device).index_select(0, labels);
        return (nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None) * own).mean();
    }

    /// <summary>Uniform shifts in pixels, shape (b, 2); null where images keep their place, so that nothing is
    /// drawn.</summary>
    private Tensor? Shifts(int count, Generator generator) => _lesson.ShiftPixels == 0
        ? null
        : empty([count, 2], dtype: ScalarType.Float32).uniform_(
            -_lesson.ShiftPixels, _lesson.ShiftPixels, generator);

    /// <inheritdoc/>
    public override Evaluation Evaluate(DataSplit split, Action<long, long> advance, CancellationToken interruption)
    {
        ArgumentNullException.ThrowIfNull(advance);
        var data = split == DataSplit.Validation
            ? _data.Validation ?? throw new ArgumentException("There are no validation images.", nameof(split))
            : _data.Test;
        var tally = new ClassificationTally(_lesson.Classes.Count);
        var seeds = new SeedSequence(_options.EvaluationSeed);
        for (long first = 0, batch = 0; first < data.Count; first += _options.EvaluationBatch, batch++)
        {
            interruption.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var generator = seeds.CreateGenerator(RandomPurpose.Evaluation, batch);
            var places = Places(first, Math.Min(_options.EvaluationBatch, data.Count - first));
            var logits = _model.call(Prepare(data.Images(places)), new GeneratorDraws(generator));
            tally.Add(first, logits, data.Labels(places));
            advance(first + places.Length, data.Count);
        }
        return tally.Finish();
    }

    /// <inheritdoc/>
    public override void WritePictures(string folder, Evaluation evaluation)
    {
        if (evaluation is not ClassificationEvaluation classification)
            throw new ArgumentException("The evaluation is not one of a classifier.", nameof(evaluation));
        ConfusionPlot.Write(
            Path.Combine(folder, "confusion.png"), new ConfusionMatrix(classification.Confusion),
            _lesson.Classes, _lesson.Axes,
            FormattableString.Invariant(
                $"Test error {100 * classification.Metrics["error"]:F2} % of {classification.Count:N0} {_lesson.Examples}"));
        if (classification.Worst.Count > 0)
            MisreadPicture.Write(
                Path.Combine(folder, "worst.png"), _data.Test, classification.Worst, _lesson.Classes);
    }

    private Tensor Prepare(Tensor images) => _lesson.Normalise(images.to(_options.Dtype, _device));

    private static ImageParts Parts(ImageSplits data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new ImageParts(data.Train, data.Validation, data.Test);
    }

    private static long[] Places(long first, long count)
    {
        var places = new long[count];
        for (var i = 0; i < places.Length; i++) places[i] = first + i;
        return places;
    }
}
